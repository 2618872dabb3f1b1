import { CodexError } from '../events/codex-error.js';

/** A command succeeded, but its output could not be parsed. Code `COMMAND_PARSE`. */
export class CommandParseError extends CodexError {
  /** Always `COMMAND_PARSE`. */
  readonly code = 'COMMAND_PARSE';
  /** The printable command line, secrets redacted. */
  readonly command: string;
  /** The output, at most 4,000 characters. */
  readonly output: string;

  constructor(command: string, problem: string, output: string, cause?: unknown) {
    super('CommandParseError', `Could not parse the output of ${command}: ${problem}`, { cause });
    this.command = command;
    this.output = output.slice(0, 4000);
  }
}
