import { mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import type { InputError } from '../../src/errors/input-error.js';
import { findRolloutById$ } from '../../src/rollouts/find-rollout-by-id.js';
import { findRollouts$ } from '../../src/rollouts/find-rollouts.js';
import { temporaryFolder } from '../reading/temporary.js';

const folder = temporaryFolder();
const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
const meta = (id: string) => `${JSON.stringify({ type: 'session_meta', payload: { id } })}\n`;
const ID = '01a205cf-edce-7691-b910-9d884c36c6a3';
let homes = 0;

/** A home with files; the values are their contents. */
function home(files: Readonly<Record<string, string>> = {}): string {
  homes += 1;
  const root = `home-${String(homes)}`;
  for (const [name, content] of Object.entries(files)) folder.write(join(root, name), content);
  return join(folder.path, root);
}

describe('findRollouts$', () => {
  it('finds session files at any depth, archived ones too, newest first', async () => {
    const root = home({
      'sessions/2026/01/02/rollout-2026-01-02T10-00-00-bbb.jsonl': '',
      'sessions/2025/12/31/rollout-2025-12-31T23-59-59-aaa.jsonl': '',
      'sessions/2026/01/03/rollout-2026-01-03T00-00-00-ddd.jsonl': '',
      'archived_sessions/rollout-2026-01-02T11-00-00-ccc.jsonl': '',
      'sessions/rollout-2026-01-03T00-00-00-eee.jsonl': '',
    });
    const paths = await all(findRollouts$(root));
    expect(paths.map((path) => basename(path, '.jsonl').slice(-3))).toEqual(['eee', 'ddd', 'ccc', 'bbb', 'aaa']);
    expect(paths[2]).toBe(join(root, 'archived_sessions/rollout-2026-01-02T11-00-00-ccc.jsonl'));
  });

  it('skips files that are not session files', async () => {
    const root = home({
      'sessions/notes.jsonl': '',
      'sessions/rollout-2026-01-02T10-00-00-a.json': '',
      'sessions/my-rollout-1.jsonl': '',
      'logs/rollout-2026-01-02T10-00-00-a.jsonl': '',
    });
    mkdirSync(join(root, 'sessions/rollout-folder.jsonl'));
    expect(await all(findRollouts$(root))).toEqual([]);
  });

  it('errors for a home that is not a folder, also in findRolloutById$', async () => {
    const file = join(home({ 'config.toml': '' }), 'config.toml');
    const problem = { code: 'HOME_FAILED', path: file };
    await expect(all(findRollouts$(file))).rejects.toMatchObject(problem);
    await expect(all(findRolloutById$(file, ID))).rejects.toMatchObject(problem);
  });

  it('sorts a file without a time in its name by its last write', async () => {
    const root = home({
      'sessions/rollout-2026-01-02T10-00-00-a.jsonl': '',
      'sessions/rollout-imported.jsonl': '',
      'sessions/rollout-2026-03-02T10-00-00-a.jsonl': '',
    });
    utimesSync(join(root, 'sessions/rollout-imported.jsonl'), new Date('2026-02-01'), new Date('2026-02-01'));
    const names = (await all(findRollouts$(root))).map((path) => basename(path));
    expect(names).toEqual([
      'rollout-2026-03-02T10-00-00-a.jsonl',
      'rollout-imported.jsonl',
      'rollout-2026-01-02T10-00-00-a.jsonl',
    ]);
  });

  it('completes without a value for a missing home and a home without sessions', async () => {
    expect(await all(findRollouts$(join(folder.path, 'nowhere')))).toEqual([]);
    expect(await all(findRollouts$(home({ 'config.toml': '' })))).toEqual([]);
  });

  it('follows links, each folder once, also in a cycle', async () => {
    const elsewhere = home({ 'rollout-2026-01-02T10-00-00-a.jsonl': '' });
    const root = home({ 'sessions/keep': '' });
    symlinkSync(elsewhere, join(root, 'sessions/linked'));
    symlinkSync(elsewhere, join(root, 'sessions/again'));
    symlinkSync(join(root, 'sessions'), join(elsewhere, 'circle'));
    symlinkSync('nowhere', join(root, 'sessions/rollout-broken.jsonl'));
    expect((await all(findRollouts$(root))).map((path) => basename(path))).toEqual([
      'rollout-2026-01-02T10-00-00-a.jsonl',
    ]);
  });

  it('reports unreadable folders, and finds the rest', async () => {
    const root = home({ archived_sessions: 'a file', 'sessions/rollout-2026-01-02T10-00-00-a.jsonl': '' });
    const skipped: InputError[] = [];
    const paths = await all(findRollouts$(root, { onSkipped: (problem) => skipped.push(problem) }));
    expect(paths).toHaveLength(1);
    expect(skipped).toMatchObject([
      { code: 'INPUT_FAILED', source: join(root, 'archived_sessions'), cause: { code: 'ENOTDIR' } },
    ]);
  });

  it('emits a process warning without onSkipped', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      await all(findRollouts$(home({ archived_sessions: 'a file' })));
      expect(warn).toHaveBeenCalledWith(
        expect.stringContaining('archived_sessions'),
        expect.objectContaining({ type: 'CodexRxWarning', code: 'INPUT_FAILED' }),
      );
    } finally {
      warn.mockRestore();
    }
  });

  it('reads the home at each subscription, and not before', async () => {
    const root = home();
    const paths$ = findRollouts$(root);
    folder.write(join(basename(root), 'sessions/rollout-2026-01-02T10-00-00-a.jsonl'), '');
    expect(await all(paths$)).toHaveLength(1);
  });

  it.each(['', undefined, 5])('rejects %p as a home', async (bad) => {
    await expect(all(findRollouts$(bad as string))).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'home' });
  });

  it('emits compressed files, unless the plain file exists', async () => {
    const root = home({
      'sessions/rollout-2026-01-02T10-00-00-a.jsonl.zst': '',
      'sessions/rollout-2026-01-01T10-00-00-b.jsonl.zst': '',
      'sessions/rollout-2026-01-01T10-00-00-b.jsonl': '',
    });
    const names = (await all(findRollouts$(root))).map((path) => basename(path));
    expect(names).toEqual(['rollout-2026-01-02T10-00-00-a.jsonl.zst', 'rollout-2026-01-01T10-00-00-b.jsonl']);
    expect(await all(findRolloutById$(root, 'a'))).toEqual([join(root, 'sessions', names[0] ?? '')]);
  });
});

describe('findRolloutById$', () => {
  it('finds a file by the id in its name, without opening files', async () => {
    const root = home({ [`sessions/2026/01/02/rollout-2026-01-02T10-00-00-${ID}.jsonl`]: '' });
    const expected = [expect.stringContaining(ID)];
    expect(await all(findRolloutById$(root, ID))).toEqual(expected);
    expect(await all(findRolloutById$(root, `urn:uuid:${ID}`))).toEqual(expected);
    expect(await all(findRolloutById$(root, ` ${ID.toUpperCase()} `))).toEqual(expected);
  });

  it('finds a file by the id inside if no name contains it', async () => {
    const root = home({
      'sessions/2026/rollout-renamed.jsonl': `\nnot json\n${meta(`urn:uuid:${ID}`)}`,
      'sessions/rollout-2026-01-02T10-00-00-other.jsonl': meta('other'),
    });
    expect(await all(findRolloutById$(root, ID))).toEqual([join(root, 'sessions/2026/rollout-renamed.jsonl')]);
  });

  it('prefers the name to the content, and the newest file of several', async () => {
    const root = home({
      'sessions/rollout-2026-05-01T00-00-00-fake.jsonl': meta(ID),
      [`sessions/rollout-2026-01-01T00-00-00-${ID}.jsonl`]: meta('x'),
      [`archived_sessions/rollout-2026-02-01T00-00-00-${ID}.jsonl`]: meta('x'),
    });
    expect(await all(findRolloutById$(root, ID))).toEqual([
      join(root, `archived_sessions/rollout-2026-02-01T00-00-00-${ID}.jsonl`),
    ]);
  });

  it('does not match a part of an id or of a name', async () => {
    const root = home({ [`sessions/rollout-2026-01-01T00-00-00-${ID}.jsonl`]: meta(ID) });
    expect(await all(findRolloutById$(root, ID.slice(0, 8)))).toEqual([]);
    expect(await all(findRolloutById$(root, 'rollout'))).toEqual([]);
    expect(await all(findRolloutById$(root, ID.slice(3)))).toEqual([]);
  });

  it('reads the session data of the file itself, not of its origin', async () => {
    const root = home({ 'sessions/rollout-fork.jsonl': `${meta('fork')}${meta('origin')}` });
    expect(await all(findRolloutById$(root, 'origin'))).toEqual([]);
  });

  it('completes without a value if the thread has no file', async () => {
    expect(await all(findRolloutById$(home({ 'sessions/rollout-a.jsonl': '' }), ID))).toEqual([]);
  });

  it('reports a file that cannot be read, and continues with the others', async () => {
    const root = home({ 'sessions/rollout-a.jsonl': meta(ID) });
    mkdirSync(join(root, 'real'));
    // A link to memory of the kernel opens, and fails when it is read.
    symlinkSync('/proc/self/mem', join(root, 'sessions/rollout-z.jsonl'));
    const skipped: InputError[] = [];
    const paths = await all(findRolloutById$(root, ID, { onSkipped: (problem) => skipped.push(problem) }));
    expect(paths).toEqual([join(root, 'sessions/rollout-a.jsonl')]);
    expect(skipped).toMatchObject([{ code: 'INPUT_FAILED', source: join(root, 'sessions/rollout-z.jsonl') }]);
  });

  it.each(['', ' ', 'urn:uuid:', undefined as unknown as string])('rejects %p as an id', async (bad) => {
    await expect(all(findRolloutById$(home(), bad))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'id',
    });
  });
});
