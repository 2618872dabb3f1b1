import '../../src/jest/index.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concat, NEVER, of } from 'rxjs';
import { events, items } from '../../src/builders/index.js';
import { completedRun, failedRun$, failureMessage } from '../helpers/matched-runs.js';

describe('toMatchRun', () => {
  const other = (thread: string) =>
    completedRun.map((event) => ({ ...event, thread_id: thread, turn_id: `${thread}-turn` }));

  it('passes for the same run in another thread', async () => {
    await expect(of(...other('a'))).toMatchRun(other('b'));
  });

  it('passes for other ids if equal ids stay equal', async () => {
    const collab = (me: string, child: string) => [
      events.threadStarted(me),
      events.itemCompleted(
        items.collabToolCall('wait', {
          sender_thread_id: me,
          receiver_thread_ids: [child],
          agents_states: { [child]: { status: 'completed' } },
        }),
      ),
      events.turnCompleted(),
    ];
    await expect(collab('a', 'b')).toMatchRun(collab('x', 'y'));
    await expect(collab('a', 'b')).not.toMatchRun(collab('x', 'x'));
  });

  it('compares with a recorded run and its end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codex-rx-match-'));
    try {
      const path = join(folder, 'failed.jsonl');
      const recorded = [events.threadStarted('recorded'), events.turnStarted(), events.turnFailed('limit')];
      writeFileSync(path, recorded.map((event) => `${JSON.stringify(event)}\n`).join(''));
      await expect(failedRun$).toMatchRun(path, { ignore: ['turn_id', 'thread_id'] });
      expect(
        await failureMessage(
          expect([events.threadStarted(), events.turnStarted(), events.turnFailed('limit')]).toMatchRun(path, {
            ignore: ['turn_id', 'thread_id'],
          }),
        ),
      ).toContain('not expected');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ignores fields', async () => {
    const changed = (path: string) =>
      events
        .run(items.fileChange({ [path]: 'add' }))
        .map((event) =>
          event.type === 'turn.completed'
            ? { ...event, usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 0 } }
            : event,
        );
    await expect(changed('/a')).toMatchRun(events.run(items.fileChange({ '/b': 'add' })), {
      ignore: ['usage', 'item.changes.*.path'],
    });
    await expect(changed('/a')).not.toMatchRun(changed('/b'), { ignore: ['usage', 'item.changes.path'] });
  });

  it('reports both runs if they differ', async () => {
    const bye = events.run(items.commandExecution('ls'), items.agentMessage('Bye.'));
    expect(await failureMessage(expect(of(...completedRun)).toMatchRun(bye))).toBe(
      [
        'The run differs from the expected one at 1 of 6 notifications (✗).',
        '',
        '  expected  actual',
        '  … 1 as expected',
        '  turn      turn',
        '  cmd0      cmd0',
        '✗ msg1      msg1',
        '      item.text: expected "Bye.", got "Hello."',
        '  done      done',
        '  |         |',
        '',
      ].join('\n'),
    );
  });

  it('fails for a run that does not end', async () => {
    expect(
      await failureMessage(expect(concat(of(...completedRun), NEVER)).toMatchRun(completedRun, { within: 20 })),
    ).toContain('✗ |         –');
  });

  it('fails with .not if the expectation holds', async () => {
    expect(await failureMessage(expect(completedRun).not.toMatchRun(completedRun))).toBe(
      'Expected the run not to match.',
    );
  });
});
