import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { lookUpPath, lookUpUnusable } from '../../src/binary/path-lookup.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'path-lookup-')));
  for (const name of ['a', 'b']) mkdirSync(join(root, name));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function executable(...path: string[]): string {
  const full = join(root, ...path);
  writeFileSync(full, '');
  chmodSync(full, 0o755);
  return full;
}
const path = (...folders: string[]): string => folders.map((folder) => join(root, folder)).join(delimiter);

describe('lookUpPath', () => {
  it('returns the first executable file', () => {
    const first = executable('a', 'codex');
    const second = executable('b', 'codex');
    expect(lookUpPath('codex', { PATH: path('a', 'b') }, 'linux')).toBe(first);
    chmodSync(first, 0o644);
    expect(lookUpPath('codex', { PATH: path('a', 'b') }, 'linux')).toBe(second);
  });

  it('skips a folder of that name', () => {
    mkdirSync(join(root, 'a', 'codex'));
    const file = executable('b', 'codex');
    expect(lookUpPath('codex', { PATH: path('a', 'b') }, 'linux')).toBe(file);
  });

  it('skips empty entries and folders that do not exist', () => {
    const file = executable('b', 'codex');
    expect(lookUpPath('codex', { PATH: ['', path('nowhere'), path('b')].join(delimiter) }, 'linux')).toBe(file);
  });

  it('skips entries that are not absolute: they mean the current folder', () => {
    const file = executable('b', 'codex');
    const relativeEntries = ['.', './', relative(process.cwd(), join(root, 'b')), '..', 'b'];
    expect(lookUpPath('codex', { PATH: relativeEntries.join(delimiter) }, 'linux')).toBeUndefined();
    expect(lookUpUnusable('codex', { PATH: relativeEntries.join(delimiter) }, 'linux')).toBeUndefined();
    expect(lookUpPath('codex', { PATH: [...relativeEntries, path('b')].join(delimiter) }, 'linux')).toBe(file);
  });

  it.each(['', delimiter, `${delimiter}${delimiter}/nowhere${delimiter}`])(
    'does not look in the current folder for the empty entries of %j',
    (entries) => {
      executable('a', 'codex');
      const before = process.cwd();
      process.chdir(join(root, 'a'));
      try {
        expect(lookUpPath('codex', { PATH: entries }, 'linux')).toBeUndefined();
        expect(lookUpUnusable('codex', { PATH: entries }, 'linux')).toBeUndefined();
      } finally {
        process.chdir(before);
      }
    },
  );

  it('returns undefined without PATH', () => {
    expect(lookUpPath('codex', {}, 'linux')).toBeUndefined();
    expect(lookUpPath('codex', { Path: path('a') }, 'linux')).toBeUndefined();
  });

  it('adds the suffixes of Windows, and reads PATH in any case', () => {
    const file = executable('b', 'codex.CMD');
    expect(lookUpPath('codex', { Path: path('a', 'b'), PATHEXT: '.EXE;.CMD' }, 'win32')).toBe(file);
    expect(lookUpPath('codex.cmd', { Path: path('b') }, 'win32')).toBeUndefined();
    expect(lookUpPath('codex.CMD', { Path: path('b') }, 'win32')).toBe(file);
  });
});
