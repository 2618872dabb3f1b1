import { defer, type Observable } from 'rxjs';
import { CommandParseError } from '../../errors/index.js';
import { assertSupported } from '../../request/command-capabilities.js';
import type { CommandOutput } from '../command-options.js';
import { runCommand$ } from '../run-command.js';
import { resolveTaskId, type TaskOptions } from './resolve-task-id.js';
import type { CloudDiffSummary, CloudTaskStatus } from './types.js';

/** The result of `cloudStatus$`. */
export interface CloudTaskState {
  /** The id of the task. */
  readonly taskId: string;
  /** How far the task is. */
  readonly status: CloudTaskStatus;
  /** The title of the task. */
  readonly title: string;
  /** Label of its environment. */
  readonly environment: string | undefined;
  /** The time of the last change, as printed by the CLI: `10m ago`, `Nov 22 08:26`. */
  readonly updated: string | undefined;
  /** `undefined` until the task has a diff. */
  readonly summary: CloudDiffSummary | undefined;
  /** The output of the CLI. */
  readonly text: string;
}

/**
 * Emits the state of a task in Codex Cloud, once. That it is not ready is an answer (for the CLI it is exit code 1).
 *
 * Errors with `ExitError` (`EXIT`): logged out it has category `auth`. `CapabilityError` before CLI 0.75.
 *
 * @example
 * ```ts
 * import { cloudStatus$ } from '@codex-rx/core/commands';
 *
 * cloudStatus$({ taskId: 'task_e_123' }).subscribe({
 *   next: ({ status, title }) => console.log(status, title),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function cloudStatus$(request: TaskOptions = {}): Observable<CloudTaskState> {
  return defer(() => {
    const taskId = resolveTaskId(request);
    return runCommand$(
      request,
      async (cli) => {
        assertSupported(await cli.facts(), 'cloudStatus$');
        return { args: ['cloud', 'status', '--', taskId], accept: [0, 1], cwd: 'temporary' };
      },
      (output, fail) => {
        const state = parseCloudStatus(taskId, output);
        if (state !== undefined) return state;
        if (output.exitCode !== 0) throw fail();
        throw new CommandParseError(output.command, 'it does not start with a status such as [READY].', output.stdout);
      },
    );
  });
}

/**
 * Lines such as `[READY] Title`, `environment  •  Nov 22 08:26`, `+5/-1 • 2 files`.
 *
 * @returns `undefined` if the output does not start with a status
 */
export function parseCloudStatus(taskId: string, output: CommandOutput): CloudTaskState | undefined {
  const [head = '', place = '', diff = ''] = output.stdout.split('\n').map((line) => line.trim());
  const title = /^\[([A-Z_ ]+)\](.*)$/.exec(head);
  if (title?.[1] === undefined) return undefined;
  const parts = place.split('•').map((part) => part.trim());
  const updated = parts.at(-1);
  return {
    taskId,
    status: title[1].toLowerCase(),
    title: title[2]?.trim() ?? '',
    environment: parts.length > 1 ? parts[0] : undefined,
    updated: updated === '' ? undefined : updated,
    summary: parseSummary(diff),
    text: output.stdout.trimEnd(),
  };
}

function parseSummary(line: string): CloudDiffSummary | undefined {
  const match = /^\+(\d+)\/-(\d+)\s*•\s*(\d+) files?$/.exec(line);
  return match === null
    ? undefined
    : { files_changed: Number(match[3]), lines_added: Number(match[1]), lines_removed: Number(match[2]) };
}
