import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyRunRequest, run$, type ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { catchError, EMPTY, mergeMap } from 'rxjs';
import { findRolloutById$ } from '../../src/rollouts/find-rollout-by-id.js';
import { findRollouts$ } from '../../src/rollouts/find-rollouts.js';
import { readRollout$ } from '../../src/rollouts/read-rollout.js';
import { rolloutToEvents } from '../../src/rollouts/rollout-to-events.js';
import { all, comparable } from './support.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-rx-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the events of the real CLI, also if the turn fails. */
async function live(request: AnyRunRequest): Promise<ThreadEvent[]> {
  const signals = await all(
    run$({ ...request, sandbox: 'danger-full-access', workingDirectory: folder }).pipe(catchError(() => EMPTY)),
  );
  return signals.flatMap((signal) => (signal.type === 'event' ? [signal.event] : []));
}

const fromFile = (home: string, id: string): Promise<ThreadEvent[]> =>
  all(
    findRolloutById$(home, id).pipe(
      mergeMap((path) => readRollout$(path, { strict: true })),
      rolloutToEvents(),
    ),
  );

/** Returns the same text for equal events, independent of the order of fields. */
function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner as unknown)])) as T;
}

describe('the session file of the real CLI', () => {
  it('contains the events of its run: every type of item, a failing and a background command', async () => {
    writeFileSync(join(folder, 'a.txt'), 'one\n');
    await using scripted = await openScriptedModel(
      [
        [
          model.think(['**Plan**', '**More**']),
          model.say('I begin.'),
          model.todos({ Look: 'in_progress', Change: 'pending' }),
        ],
        model.run('cat a.txt'),
        model.run(`echo "it's $HOME"; exit 3`),
        model.patch('*** Update File: a.txt\n@@\n-one\n+two\n*** Add File: ü/b c.txt\n+new'),
        model.mcp('demo', 'echo'),
        model.mcp('demo', 'fail'),
        model.run('echo begin; sleep 0.6; echo end', { background: true }),
        model.waitForCommand(),
        [model.search('rxjs'), model.todos({ Look: 'completed', Change: 'completed' })],
        model.spawnAgent('Count', [model.say('1')]),
        model.waitForAgent(),
        model.say('Done.'),
      ],
      { mcpServers: { demo: { tools: { echo: 'yes', fail: { error: 'no' } } } } },
    );
    const streamed = await live({ ...scripted.options, prompt: 'Do it' });
    const id = streamed[0]?.thread_id ?? '';
    expect(streamed.at(-1)?.type).toBe('turn.completed');
    const read = await fromFile(scripted.options.codexHome, id);
    expect(comparable(read)).toEqual(comparable(streamed));
    scripted.assertDone();
  });

  it('contains the same concurrent calls, of which several may start and end in the same millisecond', async () => {
    await using scripted = await openScriptedModel(
      [
        [
          model.run('sleep 0.2; echo slow'),
          model.run('echo quick'),
          model.mcp('demo', 'echo'),
          model.mcp('demo', 'fail'),
        ],
        model.say('Done.'),
      ],
      { mcpServers: { demo: { tools: { echo: 'yes', fail: { error: 'no' } } } } },
    );
    const streamed = await live({ ...scripted.options, prompt: 'Do it' });
    const read = await fromFile(scripted.options.codexHome, streamed[0]?.thread_id ?? '');
    const sorted = (events: readonly ThreadEvent[]) =>
      comparable(events)
        .map((event) => JSON.stringify(event))
        .sort();
    expect(sorted(read.map(sortKeys))).toEqual(sorted(streamed.map(sortKeys)));
  });

  it('contains a failed turn, and the next run of the thread', async () => {
    await using scripted = await openScriptedModel([
      model.run('true'),
      model.fail('bad_request'),
      model.say('Better.'),
    ]);
    const first = await live({ ...scripted.options, prompt: 'One' });
    const session = first[0]?.thread_id ?? '';
    const second = await live({ ...scripted.options, command: 'resume', session, prompt: 'Two' });
    expect([first.at(-1)?.type, second.at(-1)?.type]).toEqual(['turn.failed', 'turn.completed']);
    const read = await fromFile(scripted.options.codexHome, session);
    // The file contains the code of the error, and one thread for any number of runs.
    const withoutCode = comparable(read).map((event) => {
      const { error } = event as { error?: { message: string } };
      return error === undefined ? event : { ...(event as object), error: { message: error.message } };
    });
    expect(withoutCode).toEqual([...comparable(first), ...comparable(second).slice(1)]);
    expect(await all(findRollouts$(scripted.options.codexHome))).toEqual([expect.stringContaining(session)]);
  });
});
