import { resolve } from 'node:path';
import { Observable } from 'rxjs';
import { resolveBinary } from '../binary/resolve.js';
import { AbortError, ExitError, RunTimeoutError } from '../errors/index.js';
import { buildEnvironment, secretsOf } from '../exec/environment.js';
import { trackSettling } from '../exec/predecessors.js';
import { categorize } from '../outcome/categorize.js';
import { reasonIn } from '../outcome/failure-text.js';
import { type Captured, capture } from '../process/capture.js';
import { createRunId } from '../process/run-id.js';
import { configArgs } from '../request/config-args.js';
import { printableCommand, redactText } from '../request/redact.js';
import type { CommandOptions, CommandOutput } from './command-options.js';

const TIMEOUT = 120_000;
const GRACE = 2_000;
/** A full catalogue of models, or a completion script, is a few hundred KB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** What is run. Both are made when somebody subscribes, so that a bad request is an error of the Observable. */
export interface Invocation {
  /** The subcommand with its own arguments; options of every command are put before it. */
  readonly args: readonly string[];
  /** Written to standard input; where secrets go. */
  readonly stdin?: string | undefined;
  /** Exit codes that are answers, not failures. Default: 0 only. `any`: all, and signals. */
  readonly accept?: readonly number[] | 'any' | undefined;
}

/**
 * Runs one command of the CLI: emits what `interpret` makes of its output, once, and completes. Cold; unsubscribing ends the process.
 *
 * Errors: what `invoke` and `interpret` throw, `ExitError` (`EXIT`) for an exit code that is no answer, `RunTimeoutError` (`RUN_TIMEOUT`), `AbortError`
 * (`ABORT_ERR`), `BinaryNotFoundError`, `SpawnError`.
 */
export function runCommand$<T>(
  options: CommandOptions,
  invoke: () => Invocation,
  interpret: (output: CommandOutput) => T,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const leaving = new AbortController();
    const running = perform(options, invoke, leaving.signal).then((output) => {
      subscriber.next(interpret(output));
      subscriber.complete();
    });
    trackSettling(
      running.catch((error: unknown) => {
        subscriber.error(error);
      }),
    );
    return () => {
      leaving.abort();
    };
  });
}

async function perform(
  options: CommandOptions,
  invoke: () => Invocation,
  leaving: AbortSignal,
): Promise<CommandOutput> {
  const { args, stdin, accept = [0] } = invoke();
  if (options.signal?.aborted === true) throw new AbortError(options.signal.reason);
  const runId = createRunId();
  const binary = resolveBinary(options);
  const env = buildEnvironment(options, process.env, runId);
  const argv = [...sharedArgs(options), ...args];
  const timeout = options.timeout ?? TIMEOUT;
  const captured = await capture(
    { binary, argv, cwd: resolve(options.workingDirectory ?? '.'), env, stdin, runId },
    {
      timeout,
      grace: options.terminateGrace ?? GRACE,
      maxBytes: MAX_BYTES,
      signal: options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving]),
      onStdout: options.mirrorStdout === true ? (chunk) => process.stdout.write(chunk) : undefined,
      onStderr: options.quiet === false ? (chunk) => process.stderr.write(chunk) : undefined,
    },
  );
  if (captured.endedBy === 'signal') throw new AbortError(options.signal?.reason);
  if (captured.endedBy === 'timeout') throw new RunTimeoutError(timeout);
  const command = printableCommand('codex', argv);
  const output = outputOf(captured, command);
  if (accept !== 'any' && !(captured.code !== null && accept.includes(captured.code)))
    throw failure(output, secretsOf(env));
  return output;
}

/** In front of every subcommand: there each of them knows these. */
function sharedArgs(options: CommandOptions): string[] {
  const repeat = (flag: string, values: readonly string[] | undefined): string[] =>
    (values ?? []).flatMap((value) => [flag, value]);
  return [
    ...configArgs(options.config ?? {}),
    ...repeat('-c', options.configOverrides),
    ...repeat('--enable', options.enable),
    ...repeat('--disable', options.disable),
    ...(options.profile === undefined ? [] : ['--profile', options.profile]),
  ];
}

function outputOf({ code, signal, stdout, stderr }: Captured, command: string): CommandOutput {
  return { exitCode: code, signal, stdout, stderr, command };
}

/** A command that failed, with what it said of it. */
export function failure(output: CommandOutput, secrets: readonly string[] = []): ExitError {
  const stderr = redactText(output.stderr === '' ? output.stdout : output.stderr, secrets);
  const how = output.signal === null ? `exited with code ${String(output.exitCode)}` : `was ended by ${output.signal}`;
  const why = reasonIn(stderr);
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
