import type { Usage } from '../events.js';
import type { CommandExecutionItem, TodoListItem } from '../items.js';
import type { Notice } from '../notice.js';
import type { ChangedFile, ThreadSnapshot } from '../snapshot/types.js';

/** The result of a turn: what `runTurn$` emits, and what is known when a run fails. */
export interface TurnResult {
  /** The agent's answer, or its last message if the turn did not complete; `''` without a message. */
  readonly text: string;
  /** The thread, to resume or fork it. `undefined` if it did not start. */
  readonly threadId: string | undefined;
  /** `interrupted`: the stream ended in the middle of the turn. `pending`: the turn did not start. */
  readonly status: 'completed' | 'failed' | 'interrupted' | 'pending';
  /** Tokens of the thread, including this turn, if the CLI has reported them. */
  readonly usage: Usage | undefined;
  /** Tokens of this turn, if they can be computed: a resumed thread needs a `baseline`. */
  readonly turnUsage: Usage | undefined;
  /** Milliseconds from the subscription to the end of the turn. */
  readonly durationMs: number;
  /** The shell commands of the agent, in the order of their start. */
  readonly commands: readonly CommandExecutionItem[];
  /** The files that patches changed, each once. */
  readonly files: readonly ChangedFile[];
  /** The latest to-do list. */
  readonly todos: TodoListItem | undefined;
  /** Retries and warnings of the CLI. */
  readonly notices: readonly Notice[];
  /** The state of the stream, with all items and turns. */
  readonly snapshot: ThreadSnapshot;
}

/** Options of `turnResult()` and `runTurn$`. */
export interface TurnResultOptions {
  /** Usage of a resumed or forked thread so far: the `usage` of its last result. */
  readonly baseline?: Usage | undefined;
}
