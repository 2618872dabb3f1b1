import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertReplaceable, readLastMessage, writeLastMessage } from '../../src/run/last-message.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'last-message-'));
  writeFileSync(join(folder, 'secret'), 'secret');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const onPosix = process.platform === 'win32' ? describe.skip : describe;
const path = (name = 'answer.txt'): string => join(folder, name);

onPosix('readLastMessage', () => {
  it('returns the text, or undefined without a file', () => {
    expect(readLastMessage(path())).toBeUndefined();
    writeFileSync(path(), 'Done.');
    expect(readLastMessage(path())).toBe('Done.');
  });

  it.each<[string, () => void]>([
    [
      'a link',
      () => {
        symlinkSync('secret', path());
      },
    ],
    [
      'a link to a device',
      () => {
        symlinkSync('/dev/zero', path());
      },
    ],
    [
      'a FIFO',
      () => {
        execFileSync('mkfifo', [path()]);
      },
    ],
    [
      'a folder',
      () => {
        mkdirSync(path());
      },
    ],
  ])('does not read %s', (_name, make) => {
    make();
    expect(readLastMessage(path())).toBeUndefined();
  });
});

onPosix('writeLastMessage', () => {
  it('replaces the file, mode 0600', () => {
    writeFileSync(path(), 'A longer text from before');
    writeLastMessage(path(), 'Done.');
    expect(readFileSync(path(), 'utf8')).toBe('Done.');
    expect(statSync(path()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it.each<[string, () => void]>([
    [
      'a link',
      () => {
        symlinkSync('secret', path());
      },
    ],
    [
      'a hard link',
      () => {
        linkSync(path('secret'), path());
      },
    ],
  ])('replaces %s and leaves the other file unchanged', (_name, make) => {
    make();
    writeLastMessage(path(), 'Done.');
    expect(lstatSync(path()).isFile()).toBe(true);
    expect(readFileSync(path(), 'utf8')).toBe('Done.');
    expect(readFileSync(path('secret'), 'utf8')).toBe('secret');
  });
});

onPosix('assertReplaceable', () => {
  it.each<[string, () => string]>([
    ['a FIFO', () => (execFileSync('mkfifo', [path()]), path())],
    ['a folder', () => folder],
    ['a device', () => '/dev/null'],
    ['a file of the system', () => '/proc/self/comm'],
  ])('rejects %s', (_name, make) => {
    const target = make();
    expect(() => {
      assertReplaceable(target);
    }).toThrow('Choose another outputLastMessage');
  });
});
