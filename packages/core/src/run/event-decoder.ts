import { DecodeError, type SessionError } from '../errors/index.js';
import { createDecoder } from '../events/decoder.js';
import type { ThreadEvent } from '../events/events.js';
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

/** Returns the event of a line, an error that must end the run, or `undefined` for a line without an event. */
export type EventDecoder = (line: RawLine) => ThreadEvent | DecodeError | SessionError | undefined;

/** Creates the decoder of one run. The first `thread.started` is compared with the requested session. */
export function createEventDecoder(request: AnyRunRequest, prepared: PreparedRun): EventDecoder {
  const decoder = createDecoder({ strict: request.strict });
  let hasStarted = false;
  return (line) => {
    const decoded = decoder.decode(line);
    if (decoded._tag === 'Left') return withoutSecrets(decoded.left, line, secretsOf(prepared.env));
    if (decoded.right._tag === 'None') return undefined;
    const event = decoded.right.value;
    if (hasStarted || event.type !== 'thread.started') return event;
    hasStarted = true;
    return checkSession(request, event, prepared.preparedAt);
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
