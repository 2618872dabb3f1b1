import { CodexError } from '../util/codex-error.js';

/** A command succeeded, and what it printed is not understood: the CLI has changed. Code `COMMAND_PARSE`. */
export class CommandParseError extends CodexError {
  readonly code = 'COMMAND_PARSE';
  /** The command line to read. */
  readonly command: string;
  /** What was printed, at most 4,000 characters. */
  readonly output: string;

  constructor(command: string, problem: string, output: string, cause?: unknown) {
    super(`The output of ${command} is not understood: ${problem}`, { cause });
    this.command = command;
    this.output = output.slice(0, 4000);
  }

  override get name(): string {
    return 'CommandParseError';
  }
}
