import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, openLog } from '../../src/files/index.js';

let folder: string;
let warnings: jest.SpyInstance;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-log-'));
  warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});
afterEach(() => {
  warnings.mockRestore();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name = 'run.jsonl'): string => join(folder, name);
const append = (text: string, options = {}): void => {
  const descriptor = openLog(path(), options);
  writeSync(descriptor, text);
  closeSync(descriptor);
};
const onPosix = process.platform === 'win32' ? describe.skip : describe;

describe('openLog', () => {
  it('creates a file that only the owner can access, appends to it, and empties it on request', () => {
    append('a');
    append('b');
    expect(readFileSync(path(), 'utf8')).toBe('ab');
    expect(statSync(path()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    append('c', { append: false });
    expect(readFileSync(path(), 'utf8')).toBe('c');
  });

  it('rejects a folder with EISDIR', () => {
    mkdirSync(path());
    expect(() => openLog(path())).toThrow('is a folder');
  });
});

onPosix('openLog where another process may have been', () => {
  it.each(['', 'text of the user'])('replaces a link and leaves its target unchanged (%j)', (text) => {
    writeFileSync(path('target'), text);
    symlinkSync('target', path());
    append('line', { append: text === '' });
    expect(readFileSync(path('target'), 'utf8')).toBe(text);
    expect(lstatSync(path()).isFile()).toBe(true);
    expect(readFileSync(path(), 'utf8')).toBe('line');
    expect(readdirSync(folder).filter((name) => name.endsWith('.link'))).toHaveLength(1);
    expect(warnings).toHaveBeenCalledTimes(1);
  });

  it('replaces a link to nothing', () => {
    symlinkSync('missing', path());
    append('line');
    expect(readdirSync(folder)).not.toContain('missing');
  });

  it('does not rename a link of the system', () => {
    expect(() => openLog('/dev/stdout')).toThrow('is a link of the system');
    expect(lstatSync('/dev/stdout').isSymbolicLink()).toBe(true);
  });

  it('rejects a FIFO without waiting for its other end', () => {
    execFileSync('mkfifo', [path()]);
    expect(() => openLog(path())).toThrow('is not a regular file');
  });

  it.each(['/dev/zero', '/dev/tty'])('rejects the device %s', (device) => {
    expect(() => openLog(device)).toThrow('is not a regular file');
  });

  it('accepts the null device', () => {
    expect(() => {
      closeSync(openLog('/dev/null'));
    }).not.toThrow();
  });

  it('rejects a file with a second name', () => {
    writeFileSync(path('target'), '');
    linkSync(path('target'), path());
    expect(() => openLog(path(), { append: false })).toThrow('has another name');
  });

  it('rejects a file of another user, unless that user owns the folder', () => {
    // Only root can create a file of another user.
    if (process.getuid?.() !== 0) return;
    writeFileSync(path(), 'theirs');
    chownSync(path(), 4711, 4711);
    expect(() => openLog(path())).toThrow('belongs to another user');
    chownSync(folder, 4711, 4711);
    closeSync(openLog(path()));
  });

  it('appends to a file that only can be written', () => {
    writeFileSync(path(), 'a');
    chmodSync(path(), 0o200);
    append('b');
    chmodSync(path(), 0o600);
    expect(readFileSync(path(), 'utf8')).toBe('ab');
  });
});

describe('createLog', () => {
  it('rejects a path that exists, also a link to nothing', () => {
    symlinkSync('missing', path());
    expect(() => createLog(path())).toThrow();
    closeSync(createLog(path('new')));
    expect(() => createLog(path('new'))).toThrow('EEXIST');
  });
});
