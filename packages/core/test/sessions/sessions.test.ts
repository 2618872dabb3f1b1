import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import zlib from 'node:zlib';
import { lastValueFrom, take, toArray } from 'rxjs';
import type { InputError } from '../../src/errors/input-error.js';
import { type Session, type SessionsOptions, sessions$ } from '../../src/sessions/sessions.js';
import { temporaryFolder } from '../reading/temporary.js';

const place = temporaryFolder();
const recorded = join(__dirname, '..', 'rollouts', 'files');
let homes = 0;

function home(files: Readonly<Record<string, string>> = {}): string {
  homes += 1;
  const root = `home-${String(homes)}`;
  mkdirSync(join(place.path, root));
  for (const [name, content] of Object.entries(files)) place.write(join(root, name), content);
  return join(place.path, root);
}

const lines = (...records: object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const meta = (payload: object) => ({ timestamp: '2026-01-02T03:04:05.678Z', type: 'session_meta', payload });
const said = (message: string) => ({ type: 'event_msg', payload: { type: 'user_message', message } });

async function list(options: SessionsOptions): Promise<{ sessions: Session[]; skipped: string[] }> {
  const skipped: string[] = [];
  const onSkipped = ({ message }: InputError) => skipped.push(message);
  const sessions = await lastValueFrom(sessions$({ onSkipped, ...options }).pipe(toArray()));
  return { sessions, skipped };
}

describe('sessions$', () => {
  it('emits the sessions of a home, newest first, with the data of their files', async () => {
    const codexHome = home({
      'sessions/2026/01/02/rollout-2026-01-02T03-04-05-old.jsonl': lines(
        meta({ id: 'old', timestamp: '2026-01-02T03:04:05Z', cwd: '/work', cli_version: '0.98.0' }),
        said('First.'),
        said('Second.'),
      ),
      'archived_sessions/rollout-2026-01-03T03-04-05-new.jsonl': lines(
        meta({ id: 'new', cwd: '/other', forked_from_id: 'old', parent_thread_id: null }),
        said('Else.'),
      ),
    });
    const { sessions, skipped } = await list({ codexHome });
    expect(skipped).toEqual([]);
    expect(sessions).toEqual([
      {
        id: 'new',
        name: undefined,
        folder: '/other',
        firstPrompt: 'Else.',
        created: new Date('2026-01-02T03:04:05.678Z'),
        updated: statSync(sessions[0]?.path ?? '').mtime,
        archived: true,
        cliVersion: undefined,
        kind: undefined,
        forkedFrom: 'old',
        parent: undefined,
        path: join(codexHome, 'archived_sessions/rollout-2026-01-03T03-04-05-new.jsonl'),
      },
      expect.objectContaining({
        id: 'old',
        folder: '/work',
        firstPrompt: 'First.',
        created: new Date('2026-01-02T03:04:05Z'),
        archived: false,
        cliVersion: '0.98.0',
        forkedFrom: undefined,
      }),
    ]);
  });

  it.each(['0.47.0', '0.75.0', '0.98.0', '0.125.0', '0.150.1', '0.169.0'])(
    'reads the files of codex %s',
    async (version) => {
      const codexHome = home();
      const file = join(codexHome, 'sessions', '2026', '11', '23', 'rollout-2026-11-23T00-30-00-x.jsonl');
      mkdirSync(dirname(file), { recursive: true });
      copyFileSync(join(recorded, version, 'rollout-1-session.jsonl'), file);
      utimesSync(file, new Date(1_000_000), new Date(2_000_000));
      const { sessions } = await list({ codexHome });
      expect(sessions).toMatchObject([
        {
          id: '019a0000-0000-7000-8000-000000000001',
          folder: '/home/user/project',
          firstPrompt: 'Do everything',
          cliVersion: version,
          updated: new Date(2_000_000),
        },
      ]);
      expect(sessions[0]?.created?.toISOString()).toMatch(/^2026-11-23T00:/);
    },
  );

  it('reads the last name of each session from the index, and skips damaged lines', async () => {
    const codexHome = home({
      'session_index.jsonl': `${lines(
        { id: 'a', thread_name: 'first name', updated_at: '2026-01-01T00:00:00Z' },
        { id: 'b', thread_name: 'taken back' },
        { id: 'a', thread_name: 'second name' },
        { id: 'b', thread_name: '' },
        { id: 7, thread_name: 'no id' },
      )}null\n{"id":"a","thread_na`,
      'sessions/rollout-2026-01-02T03-04-05-a.jsonl': lines(meta({ id: 'a' })),
      'sessions/rollout-2026-01-02T03-04-04-b.jsonl': lines(meta({ id: 'b' })),
    });
    const { sessions } = await list({ codexHome });
    expect(sessions.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'second name'],
      ['b', undefined],
    ]);
  });

  it('reports files that are not sessions, and continues', async () => {
    const codexHome = home({
      'sessions/rollout-2026-01-02T03-04-03-empty.jsonl': '',
      'sessions/rollout-2026-01-02T03-04-04-other.jsonl': 'not JSON\n'.repeat(100),
      'sessions/rollout-2026-01-02T03-04-05-good.jsonl': `damaged\n${lines(meta({ id: 'good' }))}`,
    });
    mkdirSync(join(codexHome, 'session_index.jsonl'));
    const { sessions, skipped } = await list({ codexHome });
    expect(sessions.map(({ id }) => id)).toEqual(['good']);
    expect(skipped).toEqual([
      `Cannot read ${codexHome}/session_index.jsonl: it is a folder, not a file`,
      `Cannot read ${codexHome}/sessions/rollout-2026-01-02T03-04-04-other.jsonl: it is not a session: its first records contain no session data`,
      `Cannot read ${codexHome}/sessions/rollout-2026-01-02T03-04-03-empty.jsonl: it is not a session: its first records contain no session data`,
    ]);
  });

  it('reports an index of names that is a device or a FIFO, without waiting', async () => {
    const codexHome = home({ 'sessions/rollout-2026-01-02T03-04-05-good.jsonl': lines(meta({ id: 'good' })) });
    const index = join(codexHome, 'session_index.jsonl');
    const problem = `Cannot read ${index}: not a regular file`;
    execFileSync('mkfifo', [index]);
    expect((await list({ codexHome })).skipped).toEqual([problem]);
    rmSync(index);
    symlinkSync('/dev/zero', index);
    expect((await list({ codexHome })).skipped).toEqual([problem]);
  });

  it('reads only the requested number of files', async () => {
    const codexHome = home({
      'sessions/rollout-2026-01-02T03-04-05-a.jsonl': lines(meta({ id: 'a' }), said('Hello.')),
      'sessions/rollout-2026-01-02T03-04-04-b.jsonl': '',
    });
    const skipped: unknown[] = [];
    const onSkipped = (problem: unknown) => skipped.push(problem);
    await lastValueFrom(sessions$({ codexHome, onSkipped }).pipe(take(1)));
    expect(skipped).toEqual([]);
  });

  it('completes without a value for a missing home', async () => {
    expect(await list({ codexHome: join(place.path, 'nowhere') })).toEqual({ sessions: [], skipped: [] });
  });

  it('errors for a home that is not a folder, and reports nothing', async () => {
    const file = join(home({ 'config.toml': '' }), 'config.toml');
    const onSkipped = jest.fn();
    await expect(list({ codexHome: file, onSkipped })).rejects.toMatchObject({
      code: 'HOME_FAILED',
      path: file,
      message: expect.stringContaining('is not a folder') as string,
    });
    expect(onSkipped).not.toHaveBeenCalled();
  });

  it('uses the home of the environment without codexHome', async () => {
    const root = home({ 'sessions/rollout-2026-01-02T03-04-05-a.jsonl': lines(meta({ id: 'a' })) });
    const { sessions } = await list({ env: { CODEX_HOME: root } });
    expect(sessions.map(({ id }) => id)).toEqual(['a']);
  });

  it('rejects a blank home on subscribe', async () => {
    await expect(list({ codexHome: ' ' })).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'codexHome' });
  });

  it('reads at most the first megabyte of a file', async () => {
    const codexHome = home();
    const path = 'sessions/rollout-2026-01-02T03-04-05-a.jsonl';
    const noise = { type: 'event_msg', payload: { type: 'agent_message', message: 'x'.repeat(100_000) } };
    place.write(
      join(basename(codexHome), path),
      lines(meta({ id: 'a' }), ...Array.from({ length: 20 }, () => noise), said('Late.')),
    );
    expect((await list({ codexHome })).sessions).toMatchObject([{ id: 'a', firstPrompt: undefined }]);
  });

  it('reports a compressed session that this version of Node.js cannot read, or emits it', async () => {
    const path = 'sessions/rollout-2026-01-02T03-04-05-a.jsonl.zst';
    const codexHome = home({ [path]: '' });
    const compress = (zlib as { zstdCompressSync?: (data: string) => Buffer }).zstdCompressSync;
    writeFileSync(join(codexHome, path), compress?.(lines(meta({ id: 'a' }), said('Hello.'))) ?? '');
    const { sessions, skipped } = await list({ codexHome });
    const found = sessions.map(({ id, firstPrompt }) => `${id}: ${String(firstPrompt)}`);
    const advice = skipped.map((text) => text.includes('Use Node.js 22.15 or later'));
    expect([found, advice]).toEqual(compress === undefined ? [[], [true]] : [['a: Hello.'], []]);
  });

  it('emits the kind and the parent of a session', async () => {
    const spawned = { subagent: { thread_spawn: { parent_thread_id: 'p', depth: 1 } } };
    const codexHome = home({
      'sessions/rollout-2026-01-02T03-04-05-a.jsonl': lines(meta({ id: 'a', source: 'exec' })),
      'sessions/rollout-2026-01-02T03-04-04-b.jsonl': lines(meta({ id: 'b', source: spawned })),
      'sessions/rollout-2026-01-02T03-04-03-c.jsonl': lines(meta({ id: 'c', source: { subagent: 'review' } })),
      'sessions/rollout-2026-01-02T03-04-02-d.jsonl': lines(meta({ id: 'd', parent_thread_id: 'p' })),
      'sessions/rollout-2026-01-02T03-04-01-e.jsonl': lines(meta({ id: 'e', source: 'cli' })),
    });
    const { sessions } = await list({ codexHome });
    expect(sessions.map(({ kind, parent }) => [kind, parent])).toEqual([
      ['exec', undefined],
      ['review', undefined],
      ['cli', undefined],
      ['subagent', 'p'],
      ['subagent', 'p'],
    ]);
  });

  it('emits a session before the sub-agents that it started, which are newer', async () => {
    const codexHome = home({
      'sessions/rollout-2026-01-02T03-04-09-agent2.jsonl': lines(meta({ id: 'agent2', parent_thread_id: 'main' })),
      'sessions/rollout-2026-01-02T03-04-08-nested.jsonl': lines(meta({ id: 'nested', parent_thread_id: 'agent1' })),
      'sessions/rollout-2026-01-02T03-04-07-agent1.jsonl': lines(meta({ id: 'agent1', parent_thread_id: 'main' })),
      'sessions/rollout-2026-01-02T03-04-06-other.jsonl': lines(meta({ id: 'other' })),
      'sessions/rollout-2026-01-02T03-04-05-main.jsonl': lines(meta({ id: 'main' })),
      'sessions/rollout-2026-01-02T03-04-04-own.jsonl': lines(meta({ id: 'own', parent_thread_id: 'own' })),
      'sessions/rollout-2026-01-02T03-04-03-first.jsonl': lines(meta({ id: 'first' })),
    });
    const { sessions } = await list({ codexHome });
    expect(sessions.map(({ id }) => id)).toEqual(['other', 'main', 'agent2', 'agent1', 'nested', 'first', 'own']);
  });

  it.each(['0.130.0', '0.144.6', '0.147.0', '0.171.0'])(
    'emits the origin of recorded sub-agents and forks: %s',
    async (version) => {
      const codexHome = home();
      const copy = (from: string, to: string): void => {
        const path = join(codexHome, 'sessions', `rollout-2026-01-02T03-04-0${to}.jsonl`);
        mkdirSync(dirname(path), { recursive: true });
        copyFileSync(join(recorded, version, `${from}.jsonl`), path);
      };
      ['everything', 'everything.2', 'forked', 'forked.2'].forEach((name, index) => {
        copy(name, `${String(9 - index)}-${name}`);
      });
      const { sessions, skipped } = await list({ codexHome });
      const [main, agent, origin, fork] = sessions;

      expect(skipped).toEqual([]);
      expect(new Set(sessions.map(({ id }) => id)).size).toBe(4);
      expect(agent).toMatchObject({ kind: 'subagent', parent: main?.id, firstPrompt: 'Count the files' });
      expect(fork).toMatchObject({ forkedFrom: origin?.id, parent: undefined, cliVersion: version });
    },
  );
});
