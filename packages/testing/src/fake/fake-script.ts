/** Signals that a fake can handle, or that terminate it. */
export type FakeSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL' | 'SIGQUIT' | 'SIGUSR1' | 'SIGUSR2' | 'SIGABRT';

/** A process that a fake starts and leaves behind. Its pid is reported before the next step. */
export interface FakeChild {
  /**
   * - `child`: in the process group of the fake.
   * - `holdsStdout`: like `child`, with the stdout and stderr of the fake open.
   * - `setsid`: in its own session, a child of the fake.
   * - `daemon`: in its own session and reparented; only its environment identifies it. On Windows: like `setsid`.
   */
  readonly kind: 'child' | 'holdsStdout' | 'setsid' | 'daemon';
  /** Lifetime in seconds, unless it is killed. */
  readonly seconds: number;
  /** Ignores SIGHUP, SIGINT and SIGTERM. Default `false`. */
  readonly ignoreSignals?: boolean | undefined;
}

/** A step of a fake. Steps run in order; after the last step, the fake exits with code 0. */
export type FakeStep =
  /** Writes a line to stdout: a text unchanged, a value as JSON. */
  | { readonly line: string | object }
  | { readonly lines: readonly (string | object)[] }
  /** Writes text or bytes to stdout without a newline. */
  | { readonly raw: string | Uint8Array }
  /** Waits this number of ms. */
  | { readonly wait: number }
  | { readonly stderr: string | Uint8Array }
  /** Writes this number of bytes in lines. Blocks while the reader is paused. */
  | { readonly flood: 'stdout' | 'stderr'; readonly bytes: number }
  /** Writes an `agent_message` event as a line of this number of bytes (at least 100) without the newline. */
  | { readonly longLine: number }
  | { readonly closeStdout: true }
  | { readonly exit: number }
  /** Terminates itself by this signal. */
  | { readonly signal: FakeSignal }
  /** Reports these signals from now on, without terminating. */
  | { readonly ignore: readonly Exclude<FakeSignal, 'SIGKILL'>[] }
  /** Reports this signal from now on and runs steps when it arrives, concurrently with the other steps. */
  | { readonly on: Exclude<FakeSignal, 'SIGKILL'>; readonly steps: readonly FakeStep[] }
  | { readonly spawn: FakeChild }
  /** Reads stdin to its end. */
  | { readonly readStdin: true }
  /**
   * Reads stdin up to a line that contains this text. Exits with code 0 at the end of stdin. Needs `readStdin:
   * false`.
   */
  | { readonly readLine: string }
  /**
   * Reads stdin up to a JSON-RPC request of this method and replies, as an app-server does. Needs `readStdin: false`.
   */
  | { readonly reply: { readonly method: string } & ({ readonly result: unknown } | { readonly error: object }) }
  /**
   * Writes a file, such as that of `--output-last-message`. The path is relative to the working directory of the
   * fake.
   */
  | { readonly writeFile: { readonly path: string; readonly content: string | Uint8Array } }
  | { readonly hang: true }
  | { readonly repeat: number; readonly steps: readonly FakeStep[] };

/** The behaviour of one invocation. */
export interface FakeInvocationScript {
  /** The steps of the fake CLI, in order. */
  readonly steps: readonly FakeStep[];
  /** Reads stdin to its end before the first step, as `codex exec` does. Default `true`. */
  readonly readStdin?: boolean | undefined;
}

/** The behaviour of invocations with certain arguments. */
export interface FakeCase extends FakeInvocationScript {
  /** Words that the arguments must contain in this order. Other words may precede, separate and follow them. */
  readonly argv: readonly string[];
  /** Restricts the case to the n-th invocation with these words, from 1. */
  readonly nth?: number | undefined;
}

/** The behaviour of a fake CLI: the first case that matches, else `steps`. */
export interface FakeScript extends Partial<FakeInvocationScript> {
  /** Scripts for certain invocations. */
  readonly cases?: readonly FakeCase[] | undefined;
  /** Version that `--version` prints after `codex-cli `. Default `0.171.0`. */
  readonly version?: string | undefined;
}
