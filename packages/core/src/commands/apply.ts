import { defer, type Observable } from 'rxjs';
import { resolveTaskId, type TaskOptions } from './cloud/resolve-task-id.js';
import { runCommand$ } from './run-command.js';

/** The result of `apply$`. */
export interface ApplyResult {
  /** The id of the task whose diff was applied. */
  readonly taskId: string;
  /** The output of the CLI. */
  readonly text: string;
  /** Standard error of the CLI, such as warnings about whitespace. */
  readonly stderr: string;
}

/**
 * Applies the latest diff of a Codex task to the working tree (`workingDirectory`, default the host's), as `git
 * apply` does; emits once it is applied.
 *
 * Errors with `ExitError` (`EXIT`) if it cannot be applied; logged out it has category `auth`. `RequestError` without
 * a task id.
 *
 * @example
 * ```ts
 * import { apply$ } from '@codex-rx/core/commands';
 *
 * apply$({ taskId: 'task_e_123', workingDirectory: '.' }).subscribe({
 *   next: ({ taskId }) => console.log(`applied ${taskId}`),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function apply$(request: TaskOptions = {}): Observable<ApplyResult> {
  return defer(() => {
    const taskId = resolveTaskId(request);
    return runCommand$(
      request,
      () => {
        return { args: ['apply', '--', taskId] };
      },
      ({ stdout, stderr }) => ({ taskId, text: stdout.trim(), stderr: stderr.trim() }),
    );
  });
}
