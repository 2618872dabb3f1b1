import { RequestError } from '../../errors/index.js';
import { checkArgument } from '../../request/checks.js';
import type { CommandOptions } from '../command-options.js';

/** The request of a command on a cloud task. */
export interface TaskOptions extends CommandOptions {
  /** Default: `CODEX_TASK_ID` of the environment. */
  readonly taskId?: string | undefined;
}

/** Returns the trimmed task id. @throws RequestError without a task id */
export function resolveTaskId(request: TaskOptions): string {
  const env = request.inheritEnv === false ? { ...request.env } : { ...process.env, ...request.env };
  const id = request.taskId ?? env.CODEX_TASK_ID;
  if (id === undefined) throw new RequestError('taskId', 'is missing. Give it, or set CODEX_TASK_ID.');
  checkArgument(request.taskId === undefined ? 'taskId (from CODEX_TASK_ID)' : 'taskId', id);
  return id.trim();
}
