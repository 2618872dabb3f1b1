import { defer, type Observable } from 'rxjs';
import { assertSupported } from '../../request/command-capabilities.js';
import { runCommand$ } from '../run-command.js';
import { attemptArgs } from './attempt-args.js';
import { resolveTaskId, type TaskOptions } from './resolve-task-id.js';

/** The request of a command on one attempt of a cloud task. */
export interface CloudAttemptOptions extends TaskOptions {
  /** Which of several attempts, from 1. Default: the first. */
  readonly attempt?: number | undefined;
}

/** The result of `cloudDiff$`. */
export interface CloudDiff {
  /** The id of the task. */
  readonly taskId: string;
  /** A unified diff, byte for byte. */
  readonly diff: string;
}

/**
 * Emits the diff of a task in Codex Cloud, once.
 *
 * Errors with `ExitError` (`EXIT`): if the task has not produced a diff, and logged out with category `auth`.
 * `CapabilityError` before CLI 0.75.
 *
 * @example
 * ```ts
 * import { cloudDiff$ } from '@codex-rx/core/commands';
 *
 * cloudDiff$({ taskId: 'task_e_123' }).subscribe({
 *   next: ({ diff }) => console.log(diff),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function cloudDiff$(request: CloudAttemptOptions = {}): Observable<CloudDiff> {
  return defer(() => {
    const taskId = resolveTaskId(request);
    return runCommand$(
      request,
      async (cli) => {
        const attempt = attemptArgs(request.attempt);
        assertSupported(await cli.facts(), 'cloudDiff$');
        return { args: ['cloud', 'diff', ...attempt, '--', taskId], cwd: 'temporary' };
      },
      ({ stdout }) => ({ taskId, diff: stdout }),
    );
  });
}
