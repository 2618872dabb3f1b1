import { defer, type Observable } from 'rxjs';
import { assertSupported } from '../../request/command-capabilities.js';
import type { ApplyResult } from '../apply.js';
import { runCommand$ } from '../run-command.js';
import { attemptArgs } from './attempt-args.js';
import type { CloudAttemptOptions } from './cloud-diff.js';
import { resolveTaskId } from './resolve-task-id.js';

/**
 * Applies the diff of a task in Codex Cloud to the working tree (`workingDirectory`, default the host's); emits once
 * it is applied as a whole. The CLI adds to a log `error.log` in that folder.
 *
 * Errors with `ExitError` (`EXIT`): if it cannot be applied, also in part, and logged out with category `auth`.
 * `CapabilityError` before CLI 0.75.
 *
 * @example
 * ```ts
 * import { cloudApply$ } from '@codex-rx/core/commands';
 *
 * cloudApply$({ taskId: 'task_e_123', attempt: 2 }).subscribe({
 *   next: ({ text }) => console.log(text),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function cloudApply$(request: CloudAttemptOptions = {}): Observable<ApplyResult> {
  return defer(() => {
    const taskId = resolveTaskId(request);
    return runCommand$(
      request,
      async (cli) => {
        const attempt = attemptArgs(request.attempt);
        assertSupported(await cli.facts(), 'cloudApply$');
        return { args: ['cloud', 'apply', ...attempt, '--', taskId] };
      },
      ({ stdout, stderr }) => ({ taskId, text: stdout.trim(), stderr: stderr.trim() }),
    );
  });
}
