export type Json = Readonly<Record<string, unknown>>;

export interface FakeTurn {
  readonly id: string;
  readonly items: Map<string, Json>;
  status: string;
}

export interface FakeThread {
  readonly id: string;
  readonly cwd: unknown;
  readonly turns: FakeTurn[];
  /** Ends the running turn. */
  interrupt: (() => void) | undefined;
}

/** What the processes of one home share. */
export interface ServerState {
  /** Messages of the clients, parsed, in their order. */
  readonly received: Json[];
  readonly threads: Map<string, FakeThread>;
  /** Methods whose fault has occurred. */
  readonly faulted: Set<string>;
  /** The number of turns that were started. */
  turns: number;
}

export function createServerState(): ServerState {
  return { received: [], threads: new Map(), faulted: new Set(), turns: 0 };
}
