import type { ThreadStartedEvent } from '@codex-rx/core/events';

/** A thread that was resumed or forked is no sub-agent's, whatever is open. */
export function isOwnRun({ attempt, resumed, forked_from }: ThreadStartedEvent): boolean {
  return attempt !== undefined || resumed === true || forked_from !== undefined;
}
