import type { FailureStep } from './failures.js';
import type { RecordedRequest } from './recorded-request.js';

/** A step of a response. Built by the functions of `model`. */
export type ModelStep = OutputStep | UsageStep | FailureStep | HangStep;

/** A step that produces an output item of the response. */
export type OutputStep =
  | SayStep
  | ThinkStep
  | SearchStep
  | RunStep
  | TypeStep
  | PatchStep
  | TodosStep
  | McpStep
  | ToolStep
  | SpawnAgentStep
  | AgentStep;

interface DelayedStep {
  /** Delay of the step and of each of its deltas, in ms. */
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
  /** Time in ms after which the model continues while the command runs; `undefined`: the default of the CLI. */
  readonly yieldAfter: number | undefined;
  readonly workdir: string | undefined;
  readonly terminal: boolean;
}

/** Types into the latest background command, or waits for it. */
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

/** Calls a tool of the program that runs the CLI. */
export interface ToolStep extends DelayedStep {
  readonly kind: 'tool';
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface SpawnAgentStep extends DelayedStep {
  readonly kind: 'spawn_agent';
  readonly task: string;
  readonly responses: ModelScript;
}

/** An operation on the latest sub-agent. */
export interface AgentStep extends DelayedStep {
  readonly kind: 'wait_agent' | 'send_agent' | 'close_agent';
  readonly message: string | undefined;
  readonly timeout: number | undefined;
}

export interface UsageStep {
  readonly kind: 'usage';
  readonly usage: ResponseUsage;
}

/** Token usage of one response. */
export interface ResponseUsage {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

/** Keeps the response open until the CLI disconnects or the model is closed. */
export interface HangStep extends DelayedStep {
  readonly kind: 'hang';
}

/** Selects requests by a predicate, or by a pattern or substring of their `prompt`. */
export type RequestMatch = ((request: RecordedRequest) => boolean) | RegExp | string;

/** Responses for the requests that match. Rules take precedence over the rest of the script. */
export interface ModelRule {
  readonly kind: 'rule';
  readonly matches: (request: RecordedRequest) => boolean;
  readonly label: string;
  readonly responses: ModelScript;
  /** Repeats the last response. */
  readonly repeat: boolean;
}

/** One response: a step, or an array of steps. `think`, `search` and `usage` join the next entry. */
export type ModelScriptEntry = ModelStep | readonly ModelStep[];
/** The responses of the model, one per request. */
export type ModelScript = readonly (ModelScriptEntry | ModelRule)[];
