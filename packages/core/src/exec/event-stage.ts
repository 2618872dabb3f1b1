import type { SessionError } from '../errors/index.js';
import { createDecoder } from '../events/decoder.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import type { RunRecord } from './run-record.js';
import { checkSession } from './session-guard.js';

interface EventStageHandlers {
  line(line: RawLine): void;
  event(event: ThreadEvent): void;
  /** The turn is over; called before its event is handed on. */
  terminal(): void;
  fail(error: unknown): void;
  /** Sentences to hand on as notices, once the thread has started. */
  notices(): readonly string[];
  /** Milliseconds since 1970, just before the process was started. */
  spawnedAt(): number;
}

/** From lines to events: decodes, checks the session, keeps the record, and says so before anybody else when the turn is over. */
export function createEventStage(
  request: AnyRunRequest,
  record: RunRecord,
  handlers: EventStageHandlers,
): (line: RawLine) => void {
  const decoder = createDecoder({ strict: request.strict });
  const emit = (event: ThreadEvent): void => {
    const wasOver = record.terminal !== undefined;
    record.see(event);
    if (!wasOver && record.terminal !== undefined) handlers.terminal();
    handlers.event(event);
  };
  return (line) => {
    const decoded = decoder.decode(line);
    if (decoded._tag === 'Left') {
      handlers.fail(decoded.left);
      return;
    }
    if (decoded.right._tag === 'None') {
      handlers.line(line);
      return;
    }
    const event = decoded.right.value;
    if (event.type !== 'thread.started' || record.threadId !== undefined) {
      handlers.line(line);
      emit(event);
      return;
    }
    const checked = checkSession(request, event, handlers.spawnedAt());
    if (isRefusal(checked)) {
      handlers.fail(checked);
      return;
    }
    handlers.line(line);
    emit(checked);
    for (const message of handlers.notices()) handlers.event({ type: 'error', thread_id: checked.thread_id, message });
  };
}

function isRefusal(checked: ThreadEvent | SessionError): checked is SessionError {
  return checked instanceof Error;
}
