import type { FailureStep } from './failures.js';
import type { RecordedRequest } from './recorded-request.js';

/** One thing that the model does in a response. Built with the verbs of `model`. */
export type Step = OutputStep | UsageStep | FailureStep | HangStep;

/** A step that becomes an item of the response. */
export type OutputStep =
  | SayStep
  | ThinkStep
  | SearchStep
  | RunStep
  | TypeStep
  | PatchStep
  | PlanStep
  | McpStep
  | SpawnAgentStep
  | AgentStep;

interface Timed {
  /** Milliseconds before this step, and between its deltas. */
  readonly delay: number;
}

export interface SayStep extends Timed {
  readonly kind: 'say';
  readonly text: string;
  readonly deltas: readonly string[];
}

export interface ThinkStep extends Timed {
  readonly kind: 'think';
  readonly parts: readonly string[];
}

export interface SearchStep extends Timed {
  readonly kind: 'search';
  readonly action: SearchAction;
}

export type SearchAction =
  | { readonly type: 'search'; readonly query: string; readonly queries?: readonly string[] }
  | { readonly type: 'open_page'; readonly url: string }
  | { readonly type: 'find_in_page'; readonly url: string; readonly pattern: string };

export interface RunStep extends Timed {
  readonly kind: 'run';
  readonly command: string;
  /** Milliseconds after which the model goes on although the command still runs; `undefined`: the CLI's default. */
  readonly yieldAfter: number | undefined;
  readonly workdir: string | undefined;
  readonly terminal: boolean;
}

/** Types into the command that was last left running, or waits for it. */
export interface TypeStep extends Timed {
  readonly kind: 'type';
  readonly text: string;
  readonly wait: number;
}

export interface PatchStep extends Timed {
  readonly kind: 'patch';
  readonly text: string;
}

export type PlanStatus = 'pending' | 'in_progress' | 'completed';

export interface PlanStep extends Timed {
  readonly kind: 'plan';
  readonly items: readonly { readonly step: string; readonly status: PlanStatus }[];
  readonly explanation: string | undefined;
}

export interface McpStep extends Timed {
  readonly kind: 'mcp';
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface SpawnAgentStep extends Timed {
  readonly kind: 'spawn_agent';
  readonly task: string;
  readonly answers: Script;
}

/** What is done with the sub-agent that was spawned last. */
export interface AgentStep extends Timed {
  readonly kind: 'wait_agent' | 'send_agent' | 'close_agent';
  readonly message: string | undefined;
  readonly timeout: number | undefined;
}

export interface UsageStep {
  readonly kind: 'usage';
  readonly usage: Usage;
}

/** Tokens of one response. */
export interface Usage {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

/** The response stays open, and silent, until the CLI leaves or the model is closed. */
export interface HangStep extends Timed {
  readonly kind: 'hang';
}

/** Chooses requests: a predicate, a pattern on its `prompt`, or a part of it. */
export type RequestMatch = ((request: RecordedRequest) => boolean) | RegExp | string;

/** Answers that only requests of a certain kind get, before the others are looked at. */
export interface Rule {
  readonly kind: 'rule';
  readonly matches: (request: RecordedRequest) => boolean;
  readonly label: string;
  readonly answers: Script;
  /** The last answer is given again and again. */
  readonly repeat: boolean;
}

/** One response: a step, or several steps together. `think`, `search` and `usage` join the entry after them. */
export type ScriptEntry = Step | readonly Step[];
/** What the model answers, request by request. */
export type Script = readonly (ScriptEntry | Rule)[];
