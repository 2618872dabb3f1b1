import { RequestError } from '@codex-rx/core/errors';
import { type FailureKind, type FailureOptions, type FailureStep, failure } from './failures.js';
import type { RecordedRequest } from './recorded-request.js';
import type {
  AgentStep,
  HangStep,
  McpStep,
  ModelRule,
  ModelScript,
  PatchStep,
  RequestMatch,
  ResponseUsage,
  RunStep,
  SayStep,
  SearchAction,
  SearchStep,
  SpawnAgentStep,
  ThinkStep,
  TodoStatus,
  TodosStep,
  TypeStep,
  UsageStep,
} from './steps.js';

export interface DelayOptions {
  /** Milliseconds before it happens. Default 0. */
  readonly delay?: number;
}

export interface SayOptions extends DelayOptions {
  /** Streams the text first: in pieces of its words (`true`), in so many pieces, or in these pieces. `delay` is then waited before each. */
  readonly deltas?: boolean | number | readonly string[];
}

/** The model writes a message. The last one of a turn is its final message. */
export function say(text: string, { deltas = false, delay = 0 }: SayOptions = {}): SayStep {
  return { kind: 'say', text, deltas: pieces(text, deltas), delay };
}

/** The model reasons; each part is a section of the summary. Joins the step after it. */
export function think(parts: string | readonly string[], { delay = 0 }: DelayOptions = {}): ThinkStep {
  return { kind: 'think', parts: typeof parts === 'string' ? [parts] : parts, delay };
}

export interface RunOptions extends DelayOptions {
  /**
   * The model goes on although the command still runs: after 250 ms (`true`; the least that the CLI takes), or after so many
   * milliseconds. Default: the CLI's own, 10 seconds.
   */
  readonly background?: boolean | number;
  /** Relative to the run's working directory. */
  readonly workdir?: string;
  /** Gives the command a terminal, so that `type` can reach it. Default `false`: it has nothing on its standard input. */
  readonly terminal?: boolean;
}

/** The model runs a shell command. */
export function run(
  command: string,
  { background = false, terminal = false, workdir, delay = 0 }: RunOptions = {},
): RunStep {
  const yieldAfter = background === false ? undefined : background === true ? 250 : background;
  return { kind: 'run', command, yieldAfter, terminal, workdir, delay };
}

export interface TypeOptions extends DelayOptions {
  /** Milliseconds that the model gives the command afterwards. Default 1,000. */
  readonly wait?: number;
}

/** The model types into the command that it left running, with a terminal, in the background. */
export function type(text: string, { wait = 1000, delay = 0 }: TypeOptions = {}): TypeStep {
  return { kind: 'type', text, wait, delay };
}

/** The model waits for the command that it left running in the background, at most `wait` milliseconds (default 10,000). */
export function waitForCommand({ wait = 10_000, delay = 0 }: TypeOptions = {}): TypeStep {
  return { kind: 'type', text: '', wait, delay };
}

/** The model changes files: text in the CLI's patch format, from `*** Begin Patch` to `*** End Patch`, which are added if they are missing. */
export function patch(text: string, { delay = 0 }: DelayOptions = {}): PatchStep {
  const body = text.trim();
  const whole = body.startsWith('*** Begin Patch') ? body : `*** Begin Patch\n${body}\n*** End Patch`;
  return { kind: 'patch', text: whole, delay };
}

export interface TodosOptions extends DelayOptions {
  readonly explanation?: string;
}

/** The model sets its plan: the step's text and its status, in order. */
export function todos(
  steps: Readonly<Record<string, TodoStatus>>,
  { explanation, delay = 0 }: TodosOptions = {},
): TodosStep {
  return {
    kind: 'todos',
    items: Object.entries(steps).map(([step, status]) => ({ step, status })),
    explanation,
    delay,
  };
}

/** The model calls a tool of an MCP server. */
export function mcp(
  server: string,
  tool: string,
  args: Readonly<Record<string, unknown>> = {},
  { delay = 0 }: DelayOptions = {},
): McpStep {
  return { kind: 'mcp', server, tool, arguments: args, delay };
}

/** A query, a page to open, or a pattern to find in a page. */
export type SearchOf =
  | { readonly query: string; readonly url?: never; readonly pattern?: never }
  | { readonly url: string; readonly pattern?: string; readonly query?: never };

/** The model searches the web: a query, a page to open, or a pattern to find in a page. Joins the step after it. */
export function search(what: string | SearchOf, { delay = 0 }: DelayOptions = {}): SearchStep {
  return { kind: 'search', action: searchAction(what), delay };
}

function searchAction(what: string | SearchOf): SearchAction {
  if (typeof what === 'string') return { type: 'search', query: what };
  const { query, url, pattern } = what;
  if (query !== undefined) return { type: 'search', query };
  return pattern === undefined ? { type: 'open_page', url } : { type: 'find_in_page', url, pattern };
}

/** The model starts a sub-agent. `answers` are what the sub-agent's own requests get. */
export function spawnAgent(task: string, answers: ModelScript, { delay = 0 }: DelayOptions = {}): SpawnAgentStep {
  return { kind: 'spawn_agent', task, answers, delay };
}

export interface WaitForAgentOptions extends DelayOptions {
  /** Milliseconds. Default 30,000. */
  readonly timeout?: number;
}

/** The model waits for the sub-agent that it started last. */
export function waitForAgent({ timeout = 30_000, delay = 0 }: WaitForAgentOptions = {}): AgentStep {
  return { kind: 'wait_agent', message: undefined, timeout, delay };
}

/** The model sends a message to the sub-agent that it started last. */
export function tellAgent(message: string, { delay = 0 }: DelayOptions = {}): AgentStep {
  return { kind: 'send_agent', message, timeout: undefined, delay };
}

/** The model closes the sub-agent that it started last. */
export function closeAgent({ delay = 0 }: DelayOptions = {}): AgentStep {
  return { kind: 'close_agent', message: undefined, timeout: undefined, delay };
}

/** Tokens that the response says it used. Joins the step after it, or stands beside steps in one array. What is left out is 0. */
export function usage(tokens: Partial<ResponseUsage>): UsageStep {
  return { kind: 'usage', usage: { input: 0, cached: 0, cacheWrite: 0, output: 0, reasoning: 0, ...tokens } };
}

/**
 * The response fails. Statuses (`bad_request`, `unauthorized`, `usage_limit`, `rate_limited`, `server_error`, `overloaded`, or any number
 * from 400 on) stand alone in their entry; the others end a response, so that steps before them in the same entry are still seen.
 *
 * | kind | what happens | what the CLI makes of it |
 * | --- | --- | --- |
 * | `bad_request` | status 400 | the body, as it is |
 * | `unauthorized` | status 401 | `unexpected status 401 Unauthorized: <message>…` |
 * | `usage_limit` | status 429 with `plan` and `resetsAt` | `You’ve hit your usage limit. …` with the time |
 * | `rate_limited` | status 429 | `exceeded retry limit, last status: 429 Too Many Requests` |
 * | `server_error` | status 500 | `We’re currently experiencing high demand…` |
 * | `overloaded` | status 503 | `Selected model is at capacity…` |
 * | `disconnected` | the stream ends early | `stream disconnected before completion: …`; taken up again with `retries` |
 * | `dropped` | the socket is destroyed | the same |
 * | `malformed` | an event is no JSON, then the stream ends | the same |
 * | `context_overflow` | `context_length_exceeded` | `Codex ran out of room in the model's context window…` |
 * | `quota` | `insufficient_quota` | `Quota exceeded…` |
 * | `refused` | `invalid_prompt` | the message |
 * | `incomplete` | the response is incomplete, for a `reason` | `Incomplete response returned, reason: <reason>` |
 */
export function fail(kind: FailureKind | number, options: FailureOptions = {}): FailureStep {
  return failure(kind, options);
}

/** The model says nothing more: the response stays open until the CLI leaves or the scripted model is closed. */
export function hang({ delay = 0 }: DelayOptions = {}): HangStep {
  return { kind: 'hang', delay };
}

/** Answers for the requests that match; each is given once, in order. */
export function when(match: RequestMatch, ...answers: ModelScript): ModelRule {
  return rule(match, answers, false);
}

/** As `when`, but the last answer is given to every further request that matches. */
export function whenever(match: RequestMatch, ...answers: ModelScript): ModelRule {
  return rule(match, answers, true);
}

function rule(match: RequestMatch, answers: ModelScript, repeat: boolean): ModelRule {
  const matches =
    typeof match === 'function'
      ? match
      : typeof match === 'string'
        ? (request: RecordedRequest) => request.prompt.includes(match)
        : (request: RecordedRequest) => new RegExp(match, match.flags.replace(/[gy]/g, '')).test(request.prompt);
  const name = repeat ? 'whenever' : 'when';
  const label =
    typeof match === 'function'
      ? `${name}(${match.name || 'predicate'})`
      : `${name}(${String(typeof match === 'string' ? JSON.stringify(match) : match)})`;
  return { kind: 'rule', matches, label, answers, repeat };
}

function pieces(text: string, deltas: boolean | number | readonly string[]): readonly string[] {
  if (typeof deltas === 'object') return deltas;
  if (deltas === false) return [];
  if (deltas === true) return text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text]);
  if (!(Number.isInteger(deltas) && deltas > 0))
    throw new RequestError('say.deltas', `must be a positive integer, got ${String(deltas)}.`);
  const letters = Array.from(text);
  const size = Math.max(1, Math.ceil(letters.length / deltas));
  return Array.from({ length: Math.ceil(letters.length / size) }, (_, i) =>
    letters.slice(i * size, (i + 1) * size).join(''),
  );
}
