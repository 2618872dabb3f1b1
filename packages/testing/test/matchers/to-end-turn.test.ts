import '../../src/jest/index.js';
import type { ThreadEvent } from '@codex-rx/core/events';
import { concat, NEVER, type Observable, of, throwError } from 'rxjs';
import { events } from '../../src/builders/index.js';
import { completedRun, failedRun$, failureMessage } from '../helpers/matched-runs.js';

describe('toEndTurn', () => {
  it('passes for a completed turn, by default and with its final message', async () => {
    await expect(of(...completedRun)).toEndTurn();
    await expect(of(...completedRun)).toEndTurn('completed', { message: 'Hello.' });
    await expect(of(...completedRun)).toEndTurn('completed', { message: /^Hel/ });
  });

  it('passes for a failed turn with its message and category', async () => {
    await expect(failedRun$).toEndTurn('failed', { message: /usage limit/, category: 'usage_limit' });
    const event = events.turnFailed({ message: 'limit', category: 'usage_limit' });
    await expect([event]).toEndTurn('failed', { message: 'limit', category: 'usage_limit' });
  });

  it.each<[string, Observable<ThreadEvent>, 'completed' | 'failed', object, string]>([
    ['it failed', failedRun$, 'completed', {}, 'Expected the turn to have completed, but it failed.'],
    ['it completed', of(...completedRun), 'failed', {}, 'Expected the turn to have failed, but it completed.'],
    [
      'it did not end',
      of(...completedRun.slice(0, 3)),
      'completed',
      {},
      'Expected the turn to have completed, but it did not end.',
    ],
    [
      'the message differs',
      of(...completedRun),
      'completed',
      { message: 'Bye.' },
      'Expected the final message "Bye.", got "Hello.".',
    ],
    [
      'no message matches',
      of(...completedRun.slice(-1)),
      'completed',
      { message: /x/ },
      'Expected the final message /x/, got nothing.',
    ],
    [
      'the category differs',
      failedRun$,
      'failed',
      { category: 'auth' },
      'Expected the category auth, got usage_limit.',
    ],
    [
      'the error message differs',
      failedRun$,
      'failed',
      { message: 'auth' },
      'Expected the error message "auth", got "You hit',
    ],
    [
      'the run does not end',
      concat(of(...completedRun), NEVER),
      'completed',
      { within: 20 },
      'The turn completed, but the run did not complete after it.\nIt did not end within 20 ms.',
    ],
    [
      'the run errors after it',
      concat(
        of(...completedRun),
        throwError(() => new Error('late')),
      ),
      'completed',
      {},
      'The turn completed, but the run did not complete after it.\nIt ended with Error: late.',
    ],
  ])('fails when %s', async (_name, run$, outcome, options, message) => {
    expect(await failureMessage(expect(run$).toEndTurn(outcome, options))).toContain(message);
  });

  it('reports the last events', async () => {
    expect(await failureMessage(expect(of(...completedRun)).toEndTurn('failed'))).toContain(
      'Last events: thread turn cmd0 msg1 done',
    );
    expect(await failureMessage(expect([]).toEndTurn())).toContain('Last events: none');
  });

  it('fails with .not if the expectation holds', async () => {
    await expect(failedRun$).not.toEndTurn();
    expect(await failureMessage(expect(completedRun).not.toEndTurn())).toBe('Expected the turn not to have completed.');
  });
});
