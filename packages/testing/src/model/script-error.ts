import { CodexError } from '@codex-rx/core/errors';

/** The codes of a `ScriptError`. */
export type ScriptErrorCode = 'SCRIPT_MISFIT' | 'SCRIPT_UNFINISHED';

/**
 * The run does not follow the script.
 *
 * - `SCRIPT_UNFINISHED`: responses remain, requests matched no response, or the CLI rejected a tool call.
 * - `SCRIPT_MISFIT`: a response does not fit its request, such as `type` while no command runs.
 */
export class ScriptError extends CodexError {
  /** Says what is wrong with the script or the run. */
  readonly code: ScriptErrorCode;

  constructor(code: ScriptErrorCode, problem: string, cause?: unknown) {
    super('ScriptError', problem, { cause });
    this.code = code;
  }
}
