import type { FailureStep } from './failures.js';
import type { RecordedRequest } from './recorded-request.js';

/** One thing that the model does in a response. Built with the verbs of `model`. */
export type ModelStep = OutputStep | UsageStep | FailureStep | HangStep;

/** A step that becomes an item of the response. */
export type OutputStep =
  | SayStep
  | ThinkStep
  | SearchStep
  | RunStep
  | TypeStep
  | PatchStep
  | TodosStep
  | McpStep
  | SpawnAgentStep
  | AgentStep;

interface DelayedStep {
  /** Milliseconds before this step, and between its deltas. */
  readonly delay: number;
}

export interface SayStep extends DelayedStep {
  readonly kind: 'say';
  readonly text: string;
  readonly deltas: readonly string[];
}

export interface ThinkStep extends DelayedStep {
  readonly kind: 'think';
  readonly parts: readonly string[];
}

export interface SearchStep extends DelayedStep {
  readonly kind: 'search';
  readonly action: SearchAction;
}

export type SearchAction =
  | { readonly type: 'search'; readonly query: string; readonly queries?: readonly string[] }
  | { readonly type: 'open_page'; readonly url: string }
  | { readonly type: 'find_in_page'; readonly url: string; readonly pattern: string };

export interface RunStep extends DelayedStep {
  readonly kind: 'run';
  readonly command: string;
  /** Milliseconds after which the model goes on although the command still runs; `undefined`: the CLI's default. */
  readonly yieldAfter: number | undefined;
  readonly workdir: string | undefined;
  readonly terminal: boolean;
}

/** Types into the command that was last left running, or waits for it. */
export interface TypeStep extends DelayedStep {
  readonly kind: 'type';
  readonly text: string;
  readonly wait: number;
}

export interface PatchStep extends DelayedStep {
  readonly kind: 'patch';
  readonly text: string;
}

export type TodoStatus = 'pending' | 'in_progress' | 'completed';

export interface TodosStep extends DelayedStep {
  readonly kind: 'todos';
  readonly items: readonly { readonly step: string; readonly status: TodoStatus }[];
  readonly explanation: string | undefined;
}

export interface McpStep extends DelayedStep {
  readonly kind: 'mcp';
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface SpawnAgentStep extends DelayedStep {
  readonly kind: 'spawn_agent';
  readonly task: string;
  readonly answers: ModelScript;
}

/** What is done with the sub-agent that was spawned last. */
export interface AgentStep extends DelayedStep {
  readonly kind: 'wait_agent' | 'send_agent' | 'close_agent';
  readonly message: string | undefined;
  readonly timeout: number | undefined;
}

export interface UsageStep {
  readonly kind: 'usage';
  readonly usage: ResponseUsage;
}

/** Tokens of one response. */
export interface ResponseUsage {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

/** The response stays open, and silent, until the CLI leaves or the model is closed. */
export interface HangStep extends DelayedStep {
  readonly kind: 'hang';
}

/** Chooses requests: a predicate, a pattern on its `prompt`, or a part of it. */
export type RequestMatch = ((request: RecordedRequest) => boolean) | RegExp | string;

/** Answers that only requests of a certain kind get, before the others are looked at. */
export interface ModelRule {
  readonly kind: 'rule';
  readonly matches: (request: RecordedRequest) => boolean;
  readonly label: string;
  readonly answers: ModelScript;
  /** The last answer is given again and again. */
  readonly repeat: boolean;
}

/** One response: a step, or several steps together. `think`, `search` and `usage` join the entry after them. */
export type ModelScriptEntry = ModelStep | readonly ModelStep[];
/** What the model answers, request by request. */
export type ModelScript = readonly (ModelScriptEntry | ModelRule)[];
