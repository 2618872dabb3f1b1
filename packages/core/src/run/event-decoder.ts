import { DecodeError, SessionError } from '../errors/index.js';
import { createDecoder } from '../events/decoder.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import { checkSession } from './check-session.js';
import type { RunProgress } from './run-progress.js';

interface EventStageHandlers {
  line(line: RawLine): void;
  event(event: ThreadEvent): void;
  /** The turn is over; called before its line and its event are handed on. */
  turnOver(): void;
  fail(error: unknown): void;
  /** Takes secrets out of what goes into an error. */
  readonly redact: (text: string) => string;
  /** Sentences to hand on as notices, once the thread has started. */
  notices(): readonly string[];
  /** Milliseconds since 1970, just before the process was started. */
  spawnedAt(): number;
}

const EXCERPT = 200;
/** A secret that the cut of the excerpt goes through must be known as a whole. */
const LONGEST_SECRET = 4_096;

function withoutSecrets(
  { line, path, problem }: DecodeError,
  raw: RawLine,
  redact: (text: string) => string,
): DecodeError {
  const text = typeof raw === 'string' ? raw : raw.text;
  const excerpt = redact(text.slice(0, EXCERPT + LONGEST_SECRET)).slice(0, EXCERPT);
  return new DecodeError({ line, path, problem: redact(problem), excerpt });
}

/** From lines to events: decodes, checks the session, keeps the record, and says so before anybody else when the turn is over. */
export function createEventStage(
  request: AnyRunRequest,
  record: RunProgress,
  handlers: EventStageHandlers,
): (line: RawLine) => void {
  const decoder = createDecoder({ strict: request.strict });
  const see = (event: ThreadEvent): void => {
    const wasOver = record.isTurnOver();
    record.update(event);
    if (!wasOver && record.isTurnOver()) handlers.turnOver();
  };
  return (line) => {
    const decoded = decoder.decode(line);
    if (decoded._tag === 'Left') {
      handlers.line(line);
      handlers.fail(withoutSecrets(decoded.left, line, handlers.redact));
      return;
    }
    if (decoded.right._tag === 'None') {
      handlers.line(line);
      return;
    }
    const decodedEvent = decoded.right.value;
    const isFirst = record.threadId === undefined;
    const event =
      decodedEvent.type === 'thread.started' && isFirst
        ? checkSession(request, decodedEvent, handlers.spawnedAt())
        : decodedEvent;
    if (event instanceof SessionError) {
      handlers.fail(event);
      return;
    }
    see(event);
    handlers.line(line);
    handlers.event(event);
    if (event.type !== 'thread.started' || !isFirst) return;
    for (const message of handlers.notices()) handlers.event({ type: 'error', thread_id: event.thread_id, message });
  };
}
