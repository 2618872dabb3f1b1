import type { ServerStep } from './steps.js';

/** Faults of a scripted answer. */
export type AnswerFault =
  /** No answer ever. */
  | 'never'
  /** The answer follows that of the next request. */
  | 'late'
  /** The same answer twice. */
  | 'twice'
  /** An answer with the id of another request first. */
  | 'unknownId'
  /** Error −32001, then the answer to the repetition. */
  | 'overloaded';

/** The answer to a request. */
export interface ScriptedAnswer {
  /** A defect of the answer, such as a wrong id. */
  readonly fault?: AnswerFault;
  /** The result. */
  readonly result?: unknown;
  /** A JSON-RPC error. */
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** The script of a fake app-server. */
export interface FakeAppServerScript {
  /** Version of the CLI. Default 0.171.0. */
  readonly version?: string;
  /** The turns, in the order of `turn/start` and `review/start`. A turn without a script completes. */
  readonly turns?: readonly (readonly ServerStep[])[];
  /** Answers by method, instead of those of a server. A function receives the parameters. */
  readonly answers?: Readonly<Record<string, ScriptedAnswer | ((params: never) => ScriptedAnswer)>>;
  /** Exits after this number of messages. */
  readonly exitAfter?: number;
}
