import { CodexError } from '@codex-rx/core/errors';

export type ScriptErrorCode = 'SCRIPT_MISFIT' | 'SCRIPT_UNFINISHED';

/**
 * The run was not the one that the script was written for. Codes: `SCRIPT_UNFINISHED` (answers were left over, or requests found none),
 * `SCRIPT_MISFIT` (an answer does not fit its request, such as typing into a command that does not run).
 */
export class ScriptError extends CodexError {
  readonly code: ScriptErrorCode;

  constructor(code: ScriptErrorCode, problem: string, cause?: unknown) {
    super(problem, { cause });
    this.code = code;
  }

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'ScriptError', configurable: true, writable: true });
  }
}
