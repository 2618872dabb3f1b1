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
  ToolStep,
  TypeStep,
  UsageStep,
} from './steps.js';

export interface DelayOptions {
  /** Delay of the step in ms. Default 0. */
  readonly delay?: number | undefined;
}

export interface SayOptions extends DelayOptions {
  /**
   * Streams the text before the message: word by word (`true`), in this number of deltas, or in these deltas.
   * `delay` applies to each delta. Default `false`.
   */
  readonly deltas?: boolean | number | readonly string[] | undefined;
}

/** Writes a message. The last message of a turn is its final message. */
export function say(text: string, { deltas = false, delay = 0 }: SayOptions = {}): SayStep {
  return { kind: 'say', text, deltas: splitDeltas(text, deltas), delay };
}

/** Emits reasoning; each part is a section of the summary. Joins the next entry. */
export function think(parts: string | readonly string[], { delay = 0 }: DelayOptions = {}): ThinkStep {
  return { kind: 'think', parts: typeof parts === 'string' ? [parts] : parts, delay };
}

export interface RunOptions extends DelayOptions {
  /**
   * Sends the next request while the command runs: after 250 ms (`true`, the minimum of the CLI) or after this number
   * of ms. Default: the 10,000 ms of the CLI.
   */
  readonly background?: boolean | number | undefined;
  /** Working directory of the command, relative to that of the run. */
  readonly workdir?: string | undefined;
  /** Runs the command in a terminal, which `type` needs. Default `false`: its standard input is empty. */
  readonly terminal?: boolean | undefined;
}

/** Runs a shell command. */
export function run(
  command: string,
  { background = false, terminal = false, workdir, delay = 0 }: RunOptions = {},
): RunStep {
  const yieldAfter = background === false ? undefined : background === true ? 250 : background;
  return { kind: 'run', command, yieldAfter, terminal, workdir, delay };
}

export interface TypeOptions extends DelayOptions {
  /** How long the model waits for output of the command, in ms. Default 1,000; 10,000 for `waitForCommand`. */
  readonly wait?: number | undefined;
}

/** Types into the latest background command, which needs a `terminal`. */
export function type(text: string, { wait = 1000, delay = 0 }: TypeOptions = {}): TypeStep {
  return { kind: 'type', text, wait, delay };
}

/** Waits for the latest background command, at most `wait` ms. */
export function waitForCommand({ wait = 10_000, delay = 0 }: TypeOptions = {}): TypeStep {
  return { kind: 'type', text: '', wait, delay };
}

/**
 * Changes files by a patch in the format of the CLI. Adds the lines `*** Begin Patch` and `*** End Patch` if they are
 * missing.
 */
export function patch(text: string, { delay = 0 }: DelayOptions = {}): PatchStep {
  const body = text.trim();
  const whole = body.startsWith('*** Begin Patch') ? body : `*** Begin Patch\n${body}\n*** End Patch`;
  return { kind: 'patch', text: whole, delay };
}

export interface TodosOptions extends DelayOptions {
  readonly explanation?: string | undefined;
}

/** Sets the to-do list: the texts of the steps and their status, in order. */
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

/**
 * Calls a tool of an MCP server. `server` and `tool` are the names of the `mcpServers` option, not those that the CLI
 * derives.
 */
export function mcp(
  server: string,
  tool: string,
  args: Readonly<Record<string, unknown>> = {},
  { delay = 0 }: DelayOptions = {},
): McpStep {
  return { kind: 'mcp', server, tool, arguments: args, delay };
}

/** Calls a tool of the program, from the option `tools` of a run. Works over `codex exec` and over the app-server. */
export function tool(
  name: string,
  args: Readonly<Record<string, unknown>> = {},
  { delay = 0 }: DelayOptions = {},
): ToolStep {
  return { kind: 'tool', tool: name, arguments: args, delay };
}

/** A query, a page to open, or a pattern to find on a page. */
export type SearchOf =
  | { readonly query: string; readonly url?: never; readonly pattern?: never }
  | { readonly url: string; readonly pattern?: string; readonly query?: never };

/** Searches the web. Joins the next entry. */
export function search(target: string | SearchOf, { delay = 0 }: DelayOptions = {}): SearchStep {
  return { kind: 'search', action: searchAction(target), delay };
}

function searchAction(target: string | SearchOf): SearchAction {
  if (typeof target === 'string') return { type: 'search', query: target };
  const { query, url, pattern } = target;
  if (query !== undefined) return { type: 'search', query };
  return pattern === undefined ? { type: 'open_page', url } : { type: 'find_in_page', url, pattern };
}

/** Starts a sub-agent. `responses` is the script for the requests of the sub-agent. */
export function spawnAgent(task: string, responses: ModelScript, { delay = 0 }: DelayOptions = {}): SpawnAgentStep {
  return { kind: 'spawn_agent', task, responses, delay };
}

export interface WaitForAgentOptions extends DelayOptions {
  /** In ms. Default 30,000. */
  readonly timeout?: number | undefined;
}

/** Waits for the latest sub-agent. */
export function waitForAgent({ timeout = 30_000, delay = 0 }: WaitForAgentOptions = {}): AgentStep {
  return { kind: 'wait_agent', message: undefined, timeout, delay };
}

/** Sends a message to the latest sub-agent. */
export function tellAgent(message: string, { delay = 0 }: DelayOptions = {}): AgentStep {
  return { kind: 'send_agent', message, timeout: undefined, delay };
}

/** Closes the latest sub-agent. */
export function closeAgent({ delay = 0 }: DelayOptions = {}): AgentStep {
  return { kind: 'close_agent', message: undefined, timeout: undefined, delay };
}

/** Sets the token usage of the response; missing counts are 0. Joins the next entry, or the steps of its array. */
export function usage(tokens: Partial<ResponseUsage>): UsageStep {
  return { kind: 'usage', usage: { input: 0, cached: 0, cacheWrite: 0, output: 0, reasoning: 0, ...tokens } };
}

/**
 * Fails the response.
 *
 * An HTTP status (`bad_request`, `unauthorized`, `usage_limit`, `rate_limited`, `server_error`, `overloaded`, or a
 * number from 400 to 599) must be the only step of its entry. The other kinds end a response after the steps before
 * them.
 *
 * | kind | response | message of the CLI |
 * | --- | --- | --- |
 * | `bad_request` | status 400 | the body, unchanged |
 * | `unauthorized` | status 401 | `unexpected status 401 Unauthorized: <message>…` |
 * | `usage_limit` | status 429 with `plan` and `resetsAt` | `You’ve hit your usage limit. …` with the time |
 * | `rate_limited` | status 429 | `exceeded retry limit, last status: 429 Too Many Requests` |
 * | `server_error` | status 500 | `We’re currently experiencing high demand…` |
 * | `overloaded` | status 503 | `Selected model is at capacity…` |
 * | `disconnected` | the stream ends early | `stream disconnected before completion: …`; retried with `retries` |
 * | `dropped` | the socket is destroyed | the same |
 * | `malformed` | an event is not JSON, then the stream ends | the same |
 * | `context_overflow` | `context_length_exceeded` | `Codex ran out of room in the model's context window…` |
 * | `quota` | `insufficient_quota` | `Quota exceeded…` |
 * | `refused` | `invalid_prompt` | the message |
 * | `incomplete` | the response is incomplete, with a `reason` | `Incomplete response returned, reason: <reason>` |
 *
 * @throws RequestError if the status is not an integer from 400 to 599.
 */
export function fail(kind: FailureKind | number, options: FailureOptions = {}): FailureStep {
  return failure(kind, options);
}

/** Keeps the response open until the CLI disconnects or the scripted model is closed. */
export function hang({ delay = 0 }: DelayOptions = {}): HangStep {
  return { kind: 'hang', delay };
}

/** Adds responses for the requests that match. Each is sent once, in order. */
export function when(match: RequestMatch, ...responses: ModelScript): ModelRule {
  return rule(match, responses, false);
}

/** Adds responses for the requests that match. The last response is sent to every further request that matches. */
export function whenever(match: RequestMatch, ...responses: ModelScript): ModelRule {
  return rule(match, responses, true);
}

function rule(match: RequestMatch, responses: ModelScript, repeat: boolean): ModelRule {
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
  return { kind: 'rule', matches, label, responses, repeat };
}

function splitDeltas(text: string, deltas: boolean | number | readonly string[]): readonly string[] {
  if (typeof deltas === 'object') return deltas;
  if (deltas === false) return [];
  if (deltas === true) return wordsOf(text);
  if (!(Number.isInteger(deltas) && deltas > 0))
    throw new RequestError('say.deltas', `must be a positive integer, got ${String(deltas)}.`);
  const letters = Array.from(text);
  const size = Math.max(1, Math.ceil(letters.length / deltas));
  return Array.from({ length: Math.ceil(letters.length / size) }, (_, i) =>
    letters.slice(i * size, (i + 1) * size).join(''),
  );
}

/** The words of a text, each with the blanks before it; the last one also with those after it. */
function wordsOf(text: string): readonly string[] {
  if (text === '') return [];
  const words = text.trimEnd().split(/(?<=\S)(?=\s)/);
  return [...words.slice(0, -1), `${words.at(-1) ?? ''}${text.slice(text.trimEnd().length)}`];
}
