/** Signals that a fake can handle or die of. */
export type FakeSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL' | 'SIGQUIT' | 'SIGUSR1' | 'SIGUSR2' | 'SIGABRT';

/** A process that a fake leaves behind; its pid is known before the next step. */
export interface FakeChild {
  /**
   * - `child`: in the process group of the fake.
   * - `holdsStdout`: the same, and it keeps the fake's stdout and stderr open.
   * - `setsid`: in a session of its own, still a child of the fake.
   * - `daemon`: in a session of its own and reparented; only its environment tells where it comes from. (On Windows: as `setsid`.)
   */
  readonly kind: 'child' | 'holdsStdout' | 'setsid' | 'daemon';
  /** How long it lives if nobody ends it. */
  readonly seconds: number;
  /** It takes no notice of SIGHUP, SIGINT and SIGTERM. */
  readonly ignoreSignals?: boolean | undefined;
}

/** One thing that a fake does. Steps are done in order; a fake that has done them all exits with code 0. */
export type FakeStep =
  /** A line on stdout: text as it is, a value as JSON. */
  | { readonly line: string | object }
  | { readonly lines: readonly (string | object)[] }
  /** Bytes on stdout, without a newline. */
  | { readonly raw: string | Uint8Array }
  /** A pause, in ms. */
  | { readonly wait: number }
  | { readonly stderr: string | Uint8Array }
  /** That many bytes of lines. Blocks while nobody reads. */
  | { readonly flood: 'stdout' | 'stderr'; readonly bytes: number }
  /** One `agent_message` event whose line has that many bytes (100 or more), the newline not counted. */
  | { readonly longLine: number }
  | { readonly closeStdout: true }
  | { readonly exit: number }
  /** Dies of that signal. */
  | { readonly signal: FakeSignal }
  /** From here on these signals are noted, and nothing else happens. */
  | { readonly ignore: readonly Exclude<FakeSignal, 'SIGKILL'>[] }
  /** From here on that signal is noted, and these steps are done when it comes; the others go on meanwhile. */
  | { readonly on: Exclude<FakeSignal, 'SIGKILL'>; readonly steps: readonly FakeStep[] }
  | { readonly spawn: FakeChild }
  /** Reads stdin to its end. */
  | { readonly readStdin: true }
  /** Reads stdin up to a line that contains this text; at the end of stdin the fake exits with code 0. Needs `readStdin: false`. */
  | { readonly readLine: string }
  /** Reads stdin up to a JSON-RPC request of that method and answers it, as an app-server does. Needs `readStdin: false`. */
  | { readonly reply: { readonly method: string } & ({ readonly result: unknown } | { readonly error: object }) }
  /** Writes a file, such as the one that `--output-last-message` names; relative to the fake's working directory. */
  | { readonly writeFile: { readonly path: string; readonly content: string | Uint8Array } }
  | { readonly hang: true }
  | { readonly repeat: number; readonly steps: readonly FakeStep[] };

/** What one invocation does. */
export interface FakeInvocationScript {
  readonly steps: readonly FakeStep[];
  /** Read stdin to its end before the first step, as `codex exec` does. Default `true`. */
  readonly readStdin?: boolean | undefined;
}

/** What invocations with certain arguments do. */
export interface FakeCase extends FakeInvocationScript {
  /** Words that the arguments must have, in this order; others may be before, between and after them. */
  readonly argv: readonly string[];
  /** Only the n-th invocation with these words, from 1. */
  readonly nth?: number | undefined;
}

/** How a fake CLI behaves: the first case that fits, else `steps`. */
export interface FakeScript extends Partial<FakeInvocationScript> {
  readonly cases?: readonly FakeCase[] | undefined;
  /** What `--version` answers, after `codex-cli `. Default `0.171.0`. */
  readonly version?: string | undefined;
}
