import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder, removeFolderSync } from '../../src/process/remove-folder.js';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'remove-folder-'));
  mkdirSync(join(base, 'foreign'));
  writeFileSync(join(base, 'foreign/kept'), '');
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const kept = (): string[] => readdirSync(join(base, 'foreign'));

describe.each([
  ['removeFolder', removeFolder],
  ['removeFolderSync', removeFolderSync],
])('%s', (_name, remove: (path: string) => Promise<boolean> | boolean) => {
  it('removes files, nested folders and links, but not what links name', async () => {
    const folder = join(base, 'run');
    mkdirSync(join(folder, 'work/a/b'), { recursive: true });
    for (const name of ['x', 'work/y', 'work/a/b/z']) writeFileSync(join(folder, name), '');
    for (const name of ['out', 'work/out', 'work/a/b/out']) symlinkSync(join(base, 'foreign'), join(folder, name));
    expect(await remove(folder)).toBe(true);
    expect(readdirSync(base)).toEqual(['foreign']);
    expect(kept()).toEqual(['kept']);
  });

  it('removes only the link where a folder was replaced by one', async () => {
    symlinkSync(join(base, 'foreign'), join(base, 'run'));
    await remove(join(base, 'run'));
    expect(readdirSync(base)).toEqual(['foreign']);
    expect(kept()).toEqual(['kept']);
  });

  it('ignores a folder that does not exist', async () => {
    await remove(join(base, 'missing'));
    expect(readdirSync(base)).toEqual(['foreign']);
  });

  it('removes folders at any depth', async () => {
    const before = process.cwd();
    mkdirSync(join(base, 'run'));
    try {
      process.chdir(join(base, 'run'));
      for (let depth = 0; depth < 500; depth += 1) {
        mkdirSync('d');
        process.chdir('d');
      }
    } finally {
      process.chdir(before);
    }
    await remove(join(base, 'run'));
    expect(readdirSync(base)).toEqual(['foreign']);
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;
onLinux('removal on Linux', () => {
  it.each([0o500, 0o000])('removes folders whose mode an agent has changed to %p', async (mode) => {
    const folder = join(base, 'run');
    const inner = ['work', 'work/a', 'work/a/b', 'work/a/b/c'].map((name) => join(folder, name));
    mkdirSync(inner.at(-1) ?? '', { recursive: true });
    for (const path of [folder, ...inner]) writeFileSync(join(path, 'file'), '');
    for (const path of [folder, ...inner].reverse()) chmodSync(path, mode);
    expect(await removeFolder(folder)).toBe(true);
    expect(readdirSync(base)).toEqual(['foreign']);
  });

  it('removes names that are not UTF-8', async () => {
    const folder = join(base, 'run');
    mkdirSync(folder);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]), '');
    await removeFolder(folder);
    expect(readdirSync(base)).toEqual(['foreign']);
  });
});
