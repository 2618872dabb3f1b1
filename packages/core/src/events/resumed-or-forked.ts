import type { ThreadStartedEvent } from './events.js';

/** Whether a thread was resumed or forked. Such a thread is never that of a sub-agent. */
export function isResumedOrForked({ attempt, resumed, forked_from }: ThreadStartedEvent): boolean {
  return attempt !== undefined || resumed === true || forked_from !== undefined;
}
