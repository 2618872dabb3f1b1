import { DecodeError, SessionError } from '../errors/index.js';
import { createDecoder } from '../events/decoder.js';
import type { ErrorEvent, ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { secretsOf } from '../process/environment.js';
import type { AnyRunRequest } from '../request/types.js';
import { redactText } from '../secrets/redact.js';
import { checkSession } from './check-session.js';
import type { PreparedRun } from './prepare-run.js';

/** Length of the excerpt in a `DecodeError`, in UTF-16 units. */
const MAX_EXCERPT_LENGTH = 200;
/** A secret can only be redacted if it is not cut, so that the text to redact is this much longer than its excerpt. */
const MAX_SECRET_LENGTH = 4_096;

/** The content of a line: an event, an error that must end the run, or nothing. */
export interface DecodedLine {
  readonly event?: ThreadEvent;
  readonly error?: DecodeError | SessionError;
  /** Events to emit after the event: notices about options that were left out. */
  readonly notices?: readonly ErrorEvent[];
}

export type EventDecoder = (line: RawLine) => DecodedLine;

const NOTHING: DecodedLine = {};

/**
 * Creates the decoder of one run. The first `thread.started` is compared with the requested session, and is followed by
 * the notices of the run.
 */
export function createEventDecoder(request: AnyRunRequest, prepared: PreparedRun): EventDecoder {
  const decoder = createDecoder({ strict: request.strict, receivedAt: request.receivedAt });
  let hasStarted = false;
  return (line) => {
    const decoded = decoder.decode(line);
    if (decoded._tag === 'Left') return { error: withoutSecrets(decoded.left, line, secretsOf(prepared.env)) };
    if (decoded.right._tag === 'None') return NOTHING;
    const event = decoded.right.value;
    if (hasStarted || event.type !== 'thread.started') return { event };
    hasStarted = true;
    const started = checkSession(request, event, prepared.preparedAt);
    if (started instanceof SessionError) return { error: started };
    const { thread_id, receivedAt } = started;
    const context = { thread_id, ...(receivedAt !== undefined && { receivedAt }) };
    return { event: started, notices: prepared.notices.map((message) => ({ type: 'error', ...context, message })) };
  };
}

function withoutSecrets({ line, path, problem }: DecodeError, raw: RawLine, secrets: readonly string[]): DecodeError {
  const text = typeof raw === 'string' ? raw : raw.text;
  const redacted = redactText(text.slice(0, MAX_EXCERPT_LENGTH + MAX_SECRET_LENGTH), secrets);
  return new DecodeError({
    line,
    path,
    problem: redactText(problem, secrets),
    excerpt: redacted.slice(0, MAX_EXCERPT_LENGTH),
  });
}
