import { constants } from 'node:os';

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The signals that end the program. */
export interface StopSignals extends Disposable {
  /** Aborted by the first signal, or when the reader of the output has gone. A second signal exits immediately. */
  readonly signal: AbortSignal;
  /**
   * The exit code that a shell expects after a signal, 130 for Ctrl-C; 1 if the output cannot be written; `undefined`
   * otherwise.
   */
  exitCode(): number | undefined;
}

/** Turns Ctrl-C and its kin into an `AbortSignal`, until it is disposed of. */
export function listenForStop(output: NodeJS.WriteStream): StopSignals {
  const controller = new AbortController();
  let code: number | undefined;
  const stop = (name: (typeof NAMES)[number]): void => {
    // Open resources close when the process exits.
    if (code !== undefined) process.exit(code);
    code = 128 + constants.signals[name];
    controller.abort();
  };
  for (const name of NAMES) process.on(name, stop);
  // The listeners stay, since later writes fail as well.
  for (const stream of [output, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader of a pipe has left: not a failure.
      if (error.code !== 'EPIPE' && code === undefined) {
        code = 1;
        process.exitCode = 1;
        if (stream !== process.stderr) process.stderr.write(`The output cannot be written: ${error.message}\n`);
      }
      controller.abort();
    });
  return {
    signal: controller.signal,
    exitCode: () => code,
    [Symbol.dispose]: () => {
      for (const name of NAMES) process.off(name, stop);
    },
  };
}
