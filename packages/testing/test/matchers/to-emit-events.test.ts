import '../../src/jest/index.js';
import type { ThreadEvent } from '@codex-rx/core/events';
import { Observable, of } from 'rxjs';
import { events } from '../../src/builders/index.js';
import type { ExpectedEvent } from '../../src/jest/index.js';
import { completedRun, failedRun$, failureMessage } from '../helpers/matched-runs.js';

describe('toEmitEvents', () => {
  it('accepts types, names in diagrams and fields', async () => {
    await expect(of(...completedRun)).toEmitEvents([
      'thread',
      'turn.started',
      { type: 'item.completed', item: { command: 'ls', exit_code: expect.any(Number) as number } },
      { item: { text: 'Hello.' } },
      'done',
    ]);
  });

  it('accepts promises, async iterables and arrays', async () => {
    async function* later() {
      await Promise.resolve();
      yield* completedRun;
    }
    await expect(later()).toEmitEvents(completedRun);
    await expect(Promise.resolve(events.turnStarted())).toEmitEvents(['turn']);
    await expect(completedRun).toEmitEvents(completedRun);
  });

  it('passes regardless of the end of the run', async () => {
    await expect(failedRun$).toEmitEvents(['thread', 'turn', 'failed']);
  });

  it.each<[string, ExpectedEvent[], string]>([
    ['an event is missing', ['thread', 'turn', 'cmd0', 'msg1', '+cmd2', 'done'], '✗ +cmd2     –\n      missing'],
    ['an event is not expected', ['thread', 'turn', 'msg1', 'done'], '✗ –         cmd0\n      not expected'],
    ['the order differs', ['turn', 'thread', 'cmd0', 'msg1', 'done'], '2 of 6 notifications'],
    [
      'a field differs',
      ['thread', 'turn', 'cmd0', { type: 'item.completed', item: { text: 'Bye.' } }, 'done'],
      '✗ item.completed  msg1\n      item.text: expected "Bye.", got "Hello."',
    ],
    ['the type differs', ['thread', 'turn', 'cmd0', 'item.started', 'done'], 'item.started  –'],
    ['no event is expected', [], '5 of 5 notifications'],
  ])('fails when %s', async (_name, expected, message) => {
    expect(await failureMessage(expect(of(...completedRun)).toEmitEvents(expected))).toContain(message);
  });

  it('reports the end of the run', async () => {
    expect(await failureMessage(expect(failedRun$).toEmitEvents([]))).toContain(
      'It ended with TurnFailedError: You hit your usage limit. (TURN_FAILED).',
    );
    expect(await failureMessage(expect(of(...completedRun)).toEmitEvents([]))).toContain('It completed.');
  });

  it('fails for a run that does not end, and unsubscribes', async () => {
    let isUnsubscribed = false;
    const endless$ = new Observable<ThreadEvent>((subscriber) => {
      subscriber.next(events.threadStarted());
      return () => (isUnsubscribed = true);
    });
    expect(await failureMessage(expect(endless$).toEmitEvents(['thread'], { within: 20 }))).toContain(
      'It did not end within 20 ms.',
    );
    expect(isUnsubscribed).toBe(true);
  });

  it('fails with .not if the expectation holds', async () => {
    await expect(of(...completedRun)).not.toEmitEvents(['thread']);
    expect(await failureMessage(expect(completedRun).not.toEmitEvents(completedRun))).toBe(
      'Expected the run not to emit these 5 events.',
    );
  });
});
