/** An item of a request's `input`, or a tool of its `tools`, as the CLI sent it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A request that the CLI made to a scripted model. */
export interface RecordedRequest {
  /** 0 for the first one. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it was sent, and parsed (`undefined` if it is not JSON). */
  readonly text: string;
  readonly body: JsonObject | undefined;
  /** Version of the CLI as its `user-agent` says it. */
  readonly cliVersion: string | undefined;
  /** The model that was asked for. */
  readonly model: string | undefined;
  readonly threadId: string | undefined;
  readonly input: readonly JsonObject[];
  readonly tools: readonly JsonObject[];
  /** Text of the last message that the user wrote (for a sub-agent: its task, or what it was told). */
  readonly prompt: string;
  /** What the tools answered since the model's last response, in order, each with the id of its call. */
  readonly toolOutputs: readonly { readonly callId: string; readonly output: string }[];
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Reads a request. Pure and total: what is not as expected is empty or `undefined`. */
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
      raw.headers.session_id ??
      raw.headers.conversation_id ??
      string(body?.prompt_cache_key),
    input,
    tools: objects(body?.tools),
    prompt: lastPrompt(input),
    toolOutputs: latestOutputs(input),
  };
}

/** Texts of the user's messages, oldest first. */
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

/** Messages that the CLI writes in the user's name. */
const context =
  /^\s*<(environment_context|user_instructions|subagent_notification|turn_aborted|user_shell_command|skill|INSTRUCTIONS)>|^# AGENTS\.md instructions/;

function lastPrompt(input: readonly JsonObject[]): string {
  const written = userMessages(input).filter((text) => !context.test(text));
  return written.at(-1) ?? '';
}

/** Notes of the CLI may stand between the outputs. */
function latestOutputs(input: readonly JsonObject[]): RecordedRequest['toolOutputs'] {
  const outputs: { callId: string; output: string }[] = [];
  for (const item of [...input].reverse()) {
    if (string(item.type)?.endsWith('_call_output')) {
      outputs.unshift({ callId: string(item.call_id) ?? '', output: outputText(item.output) });
    } else if (item.role === undefined || item.role === 'assistant') break;
  }
  return outputs;
}

/** The text of a tool's output, which is a string or a list of content parts. */
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
