import { catchError, defer, type Observable, of, throwError } from 'rxjs';
import type { CommandOptions } from '../commands/command-options.js';
import { runCommand$ } from '../commands/run-command.js';
import { isCodexError } from '../errors/is-codex-error.js';
import type { ProbeStep } from './types.js';

/** The longest output of the real CLI, its completion script, has less than half a million characters. */
const MAX_OUTPUT_CHARACTERS = 4_194_304;

/** Options of the commands of a probe, which share one timeout. */
export interface StepOptions extends Omit<CommandOptions, 'timeout'> {
  /** Returns the time that is left, in ms; may be `Infinity`, and negative. */
  readonly timeLeft: () => number;
}

/** A step that has ended, and the value that it found. */
export interface FinishedStep<T> {
  readonly step: ProbeStep;
  readonly value: T | undefined;
}

/**
 * Runs a command and parses its standard output. A command that fails is a result. Errors with `AbortError` and
 * `RequestError` only.
 */
export function probeStep$<T>(
  name: ProbeStep['name'],
  args: readonly string[],
  { timeLeft, ...options }: StepOptions,
  parse: (stdout: string) => T | undefined,
): Observable<FinishedStep<T>> {
  return defer(() => {
    const timeout = timeLeft();
    if (timeout <= 0) return of(unfinished(name, 'timeout'));
    return runCommand$(
      { ...options, timeout },
      () => ({ args, accept: 'any', reap: true }),
      ({ exitCode, stdout }) => {
        if (exitCode !== 0) return unfinished(name, 'failed');
        return finished(name, stdout.length > MAX_OUTPUT_CHARACTERS ? undefined : parse(stdout));
      },
    );
  }).pipe(catchError((error: unknown) => failedStep$(name, error)));
}

export function finished<T>(name: ProbeStep['name'], value: T | undefined): FinishedStep<T> {
  return { step: { name, outcome: value === undefined ? 'unreadable' : 'ok' }, value };
}

/** Rethrows what is not the fault of the CLI. */
function failedStep$(name: ProbeStep['name'], error: unknown): Observable<FinishedStep<never>> {
  if (isCodexError(error, 'RUN_TIMEOUT')) return of(unfinished(name, 'timeout'));
  if (!isCodexError(error) || isCodexError(error, 'ABORT_ERR', 'REQUEST_INVALID')) return throwError(() => error);
  return of(unfinished(name, 'failed'));
}

export function unfinished(name: ProbeStep['name'], outcome: ProbeStep['outcome']): FinishedStep<never> {
  return { step: { name, outcome }, value: undefined };
}
