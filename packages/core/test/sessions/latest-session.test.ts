import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { type LatestSessionOptions, latestSession$ } from '../../src/sessions/latest-session.js';
import { temporaryFolder } from '../reading/temporary.js';

const place = temporaryFolder();

function write(path: string, payload: object): void {
  place.write(join('home', path), `${JSON.stringify({ type: 'session_meta', payload })}\n`);
}

const ids = async (options: LatestSessionOptions = {}): Promise<string[]> => {
  const sessions$ = latestSession$({ codexHome: join(place.path, 'home'), ...options });
  return (await lastValueFrom(sessions$.pipe(toArray()))).map(({ id }) => id);
};

beforeAll(() => {
  mkdirSync(join(place.path, 'project'));
  symlinkSync('project', join(place.path, 'link'));
  const project = join(place.path, 'project');
  write('archived_sessions/rollout-2026-01-09T00-00-00-archived.jsonl', { id: 'archived', cwd: project });
  write('sessions/rollout-2026-01-08T00-00-00-review.jsonl', {
    id: 'review',
    cwd: project,
    source: { subagent: 'review' },
  });
  write('sessions/rollout-2026-01-07T12-00-00-guardian.jsonl', {
    id: 'guardian',
    cwd: project,
    source: { internal: 'guardian' },
  });
  write('sessions/rollout-2026-01-07T00-00-00-child.jsonl', { id: 'child', cwd: project, parent_thread_id: 'main' });
  write('sessions/rollout-2026-01-06T00-00-00-other.jsonl', { id: 'other', cwd: '/other', source: 'cli' });
  write('sessions/rollout-2026-01-05T00-00-00-main.jsonl', { id: 'main', cwd: project, source: 'exec' });
});

describe('latestSession$', () => {
  it('emits the latest session that a user started', async () => {
    expect(await ids()).toEqual(['other']);
  });

  it('emits the latest session of a folder, also if a link leads to it', async () => {
    expect(await ids({ folder: join(place.path, 'project') })).toEqual(['main']);
    expect(await ids({ folder: join(place.path, 'link') })).toEqual(['main']);
    expect(await ids({ folder: '/other' })).toEqual(['other']);
  });

  it('emits the latest session of a kind', async () => {
    expect(await ids({ kind: 'review' })).toEqual(['review']);
    expect(await ids({ kind: 'subagent' })).toEqual(['child']);
    expect(await ids({ kind: 'internal' })).toEqual(['guardian']);
    expect(await ids({ kind: 'exec', folder: '/other' })).toEqual([]);
  });

  it('completes without a value if no session matches', async () => {
    expect(await ids({ folder: '/nowhere' })).toEqual([]);
  });

  it('rejects a folder that is not text', async () => {
    await expect(ids({ folder: 7 as never })).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'folder' });
  });
});
