/** The part of a record of a session file that matters for its tokens. */
export interface UsageRecord {
  readonly type: string;
  /** RFC 3339 text. */
  readonly timestamp: string | undefined;
  /** The payload, for records that have tokens or say what they belong to. */
  readonly payload: Readonly<Record<string, unknown>> | undefined;
}

/** The CLI writes the keys of a record in this order. */
const HEAD =
  /^\{"timestamp":"([^"\\]{1,40})",(?:"ordinal":\d{1,15},)?"type":"([a-z_]{1,64})","payload":\{(?:"type":"([a-z_]{1,64})")?/;
const HEAD_BYTES = 256;
const BLANK: UsageRecord = { type: '', timestamp: undefined, payload: undefined };
const RELEVANT = new Set(['session_meta', 'turn_context', 'token_usage_record']);
const RELEVANT_MESSAGES = new Set(['token_count', 'task_started']);

/**
 * Reads a line, bytes `start` to `end` of `bytes`. Parses only lines that matter for tokens: they are a
 * small part of a file (`npm run bench:usage`). Returns `undefined` for a line that is not a record.
 */
export function parseUsageLine(bytes: Buffer, start: number, end: number): UsageRecord | undefined {
  const head = HEAD.exec(bytes.toString('latin1', start, Math.min(end, start + HEAD_BYTES)));
  // A line that is cut does not end with a brace.
  if (head !== null && bytes[end - 1] === 0x7d) {
    const [, timestamp, type = '', message] = head;
    const isRelevant =
      type === 'event_msg' ? message === undefined || RELEVANT_MESSAGES.has(message) : RELEVANT.has(type);
    if (!isRelevant) return { type, timestamp, payload: undefined };
  }
  return fromText(bytes.toString('utf8', start, end));
}

function fromText(text: string): UsageRecord | undefined {
  const value = parse(text);
  if (!isObject(value)) return text.trim() === '' ? BLANK : undefined;
  const { type, timestamp, payload } = value;
  if (typeof type !== 'string')
    return isOldMeta(value) ? { type: 'session_meta', timestamp: undefined, payload: value } : undefined;
  return {
    type,
    timestamp: typeof timestamp === 'string' ? timestamp : undefined,
    payload: isObject(payload) ? payload : undefined,
  };
}

/** The first line of the oldest files is only the payload. */
function isOldMeta({ type, id, timestamp }: Readonly<Record<string, unknown>>): boolean {
  return type === undefined && typeof id === 'string' && typeof timestamp === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
