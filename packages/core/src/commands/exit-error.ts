import { ExitError } from '../errors/index.js';
import { categorize } from '../outcome/categorize.js';
import { findReason } from '../outcome/failure-text.js';
import { redactText } from '../secrets/redact.js';
import { BoundedText } from '../util/bounded-text.js';
import type { CommandOutput } from './command-options.js';

/** Bytes of the head, and of the tail, of each output that an error keeps; the same as for runs. */
const KEPT_BYTES = 16 * 1024;

/** Data that must not be part of an error. */
export interface Confidential {
  readonly secrets: readonly string[];
  /** Standard output may contain secrets that are not known here. */
  readonly isOutputSecret: boolean;
}

/** Returns the error of a command that failed, with what the CLI printed. */
export function commandError(output: CommandOutput, { secrets, isOutputSecret }: Confidential): ExitError {
  const stdout = isOutputSecret ? undefined : bounded(redactText(output.stdout, secrets));
  // Some commands report their failure on standard output.
  const isSilent = output.stderr.trim() === '';
  const stderr = isSilent ? (stdout ?? '') : bounded(redactText(output.stderr, secrets));
  const how =
    output.signal === null ? `exited with code ${String(output.exitCode)}` : `was terminated by ${output.signal}`;
  const reason = findReason(stderr);
  return new ExitError(`${output.command} ${how}${reason === undefined ? '.' : `: ${reason}`}`, {
    category: categorize({ message: undefined, notice: undefined, stderr, exitCode: output.exitCode }),
    exitCode: output.exitCode,
    signal: output.signal,
    stderr,
    stdout,
    threadId: undefined,
    usage: undefined,
    lastMessage: undefined,
    lastNotice: undefined,
    resetsAt: undefined,
    command: output.command,
  });
}

function bounded(text: string): string {
  const kept = new BoundedText(KEPT_BYTES);
  kept.push(Buffer.from(text));
  return kept.toString();
}
