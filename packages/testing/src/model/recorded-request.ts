/** A JSON object of the wire: an item of `input`, or a tool of `tools`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A request of the CLI to a scripted model. */
export interface RecordedRequest {
  /** Position of the request, from 0. */
  readonly index: number;
  /** The method of the HTTP request. */
  readonly method: string;
  /** The path of the HTTP request. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The unparsed body. */
  readonly text: string;
  /** The parsed body; `undefined` if it is not a JSON object. */
  readonly body: JsonObject | undefined;
  /** CLI version of the `user-agent` header. */
  readonly cliVersion: string | undefined;
  /** Requested model. */
  readonly model: string | undefined;
  /** The thread of the request, if the CLI names it. */
  readonly threadId: string | undefined;
  /** The input of the model. */
  readonly input: readonly JsonObject[];
  /** The tools that the model may call. */
  readonly tools: readonly JsonObject[];
  /** Text of the last user message. For a sub-agent: its task, or the last message of its parent. */
  readonly prompt: string;
  /** Tool outputs since the last response of the model, in order, each with the id of its call. */
  readonly toolOutputs: readonly { readonly callId: string; readonly output: string }[];
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Parses a request. Pure and total: fields with an unexpected shape become empty or `undefined`. */
export function recordRequest(index: number, raw: RawRequest): RecordedRequest {
  const body = parseObject(raw.text);
  const input = objects(body?.input);
  return {
    index,
    ...raw,
    body,
    cliVersion: /\/(\d+\.\d+\.\d+\S*)/.exec(raw.headers['user-agent'] ?? '')?.[1],
    model: string(body?.model),
    threadId:
      raw.headers['thread-id'] ??
      raw.headers.thread_id ??
      raw.headers.session_id ??
      raw.headers.conversation_id ??
      string(body?.prompt_cache_key),
    input,
    tools: objects(body?.tools),
    prompt: lastPrompt(input),
    toolOutputs: latestOutputs(input),
  };
}

/** Returns the texts of the user messages, oldest first. */
export function userMessages(input: readonly JsonObject[]): readonly string[] {
  return input
    .filter(({ type, role }) => role === 'user' && (type === undefined || type === 'message'))
    .map(messageText);
}

function messageText({ content }: JsonObject): string {
  if (typeof content === 'string') return content;
  return objects(content)
    .map(({ text }) => string(text) ?? '')
    .join('\n');
}

/** Matches user messages that the CLI writes itself. */
const CLI_MESSAGE =
  /^\s*<(environment_context|user_instructions|subagent_notification|turn_aborted|user_shell_command|skill|INSTRUCTIONS)>|^# AGENTS\.md instructions/;

function lastPrompt(input: readonly JsonObject[]): string {
  const prompts = userMessages(input).filter((text) => !CLI_MESSAGE.test(text));
  return prompts.at(-1) ?? '';
}

/** User messages of the CLI may separate the outputs. */
function latestOutputs(input: readonly JsonObject[]): RecordedRequest['toolOutputs'] {
  const outputs: { callId: string; output: string }[] = [];
  for (const item of [...input].reverse()) {
    if (string(item.type)?.endsWith('_call_output')) {
      outputs.unshift({ callId: string(item.call_id) ?? '', output: outputText(item.output) });
    } else if (item.role === undefined || item.role === 'assistant') break;
  }
  return outputs;
}

/** Returns the text of a tool output, which is a string or a list of content parts. */
export function outputText(output: unknown): string {
  if (typeof output === 'string') return output;
  if (Array.isArray(output)) return messageText({ content: output });
  return output === undefined ? '' : JSON.stringify(output);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
