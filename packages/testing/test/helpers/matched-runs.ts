import { TurnFailedError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { concat, from, throwError } from 'rxjs';
import { events, items } from '../../src/builders/index.js';

/** A run with a command and a message that completes. */
export const completedRun = events.run(items.commandExecution('ls'), items.agentMessage('Hello.'));

const failure = (category: TurnFailedError['category']) =>
  new TurnFailedError('You hit your usage limit.', {
    category,
    exitCode: 1,
    signal: null,
    stderr: '',
    threadId: undefined,
    usage: undefined,
    lastMessage: undefined,
    lastNotice: undefined,
    resetsAt: undefined,
    command: 'codex',
  });

/** A run that fails with a usage limit. */
export const failedRun$ = concat(
  from<ThreadEvent[]>([events.threadStarted(), events.turnStarted(), events.turnFailed('limit')]),
  throwError(() => failure('usage_limit')),
);

/** Resolves to the message of a failed matcher. */
export async function failureMessage(assertion: Promise<void>): Promise<string> {
  try {
    await assertion;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The matcher passed.');
}
