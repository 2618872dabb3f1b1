import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyRunRequest, run$, type ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { catchError, EMPTY, mergeMap } from 'rxjs';
import { findRolloutById$ } from '../../src/rollout/find-rollout-by-id.js';
import { findRollouts$ } from '../../src/rollout/find-rollouts.js';
import { readRollout$ } from '../../src/rollout/read-rollout.js';
import { rolloutToEvents } from '../../src/rollout/rollout-to-events.js';
import { all, comparable } from './support.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-rx-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the real CLI streams; that a turn failed is among the events. */
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

describe('the session file of the real CLI', () => {
  it('says what its run has shown: every kind of item, a failing command, calls at once, a command in the background', async () => {
    writeFileSync(join(folder, 'a.txt'), 'one\n');
    await using scripted = await openScriptedModel(
      [
        [
          model.think(['**Plan**', '**More**']),
          model.say('I begin.'),
          model.plan({ Look: 'in_progress', Change: 'pending' }),
        ],
        [model.run('cat a.txt'), model.run(`echo "it's $HOME"; exit 3`)],
        model.patch('*** Update File: a.txt\n@@\n-one\n+two\n*** Add File: ü/b c.txt\n+new'),
        [model.mcp('demo', 'echo'), model.mcp('demo', 'fail')],
        model.run('echo begin; sleep 0.6; echo end', { background: true }),
        model.waitForCommand(),
        [model.search('rxjs'), model.plan({ Look: 'completed', Change: 'completed' })],
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

  it('says that a turn failed, and goes on with the next run of the thread', async () => {
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
    // The file knows the code of the error, and one thread, whatever the number of runs.
    const withoutCode = comparable(read).map((event) => {
      const { error } = event as { error?: { message: string } };
      return error === undefined ? event : { ...(event as object), error: { message: error.message } };
    });
    expect(withoutCode).toEqual([...comparable(first), ...comparable(second).slice(1)]);
    expect(await all(findRollouts$(scripted.options.codexHome))).toEqual([expect.stringContaining(session)]);
  });
});
