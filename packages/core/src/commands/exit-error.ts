import { ExitError } from '../errors/index.js';
import { categorize } from '../outcome/categorize.js';
import { findReason } from '../outcome/failure-text.js';
import { redactText } from '../secrets/redact.js';
import type { CommandOutput } from './command-options.js';

/** As much of the output as errors of runs keep. */
const KEPT_CHARACTERS = 16 * 1024;

/** A command that failed, with what it said of it. */
export function commandError(output: CommandOutput, secrets: readonly string[]): ExitError {
  const said = output.stderr.trim() === '' ? output.stdout : output.stderr;
  const stderr = bounded(redactText(said, secrets));
  const how = output.signal === null ? `exited with code ${String(output.exitCode)}` : `was ended by ${output.signal}`;
  const why = findReason(stderr);
  return new ExitError(`${output.command} ${how}${why === undefined ? '.' : `: ${why}`}`, {
    category: categorize({ message: undefined, notice: undefined, stderr, exitCode: output.exitCode }),
    exitCode: output.exitCode,
    signal: output.signal,
    stderr,
    threadId: undefined,
    usage: undefined,
    lastMessage: undefined,
    lastNotice: undefined,
    resetsAt: undefined,
    command: output.command,
  });
}

function bounded(text: string): string {
  return text.length <= 2 * KEPT_CHARACTERS
    ? text
    : `${text.slice(0, KEPT_CHARACTERS)}\n… left out …\n${text.slice(-KEPT_CHARACTERS)}`;
}
