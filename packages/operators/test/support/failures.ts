import type { RunFailure } from '@codex-rx/core/errors';
import type { FailureCategory } from '@codex-rx/core/events';

/** Creates the failure in the error of a run. */
export const failure = (category: FailureCategory, more: Partial<RunFailure> = {}): RunFailure => ({
  category,
  exitCode: 1,
  signal: null,
  stderr: '',
  threadId: 't1',
  usage: undefined,
  lastMessage: undefined,
  lastNotice: undefined,
  resetsAt: undefined,
  command: 'codex exec',
  ...more,
});
