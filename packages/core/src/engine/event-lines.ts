import type { Observer, Subscription } from 'rxjs';
import { createDecoder } from '../events/decoder.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import { openInput } from '../run/run-input.js';
import type { PauseGate } from '../util/pause-gate.js';

/** Receives the events of a run, each with its line if lines are wanted. */
export interface EventReceiver {
  next(event: ThreadEvent | undefined, line: RawLine | undefined): void;
  error(error: unknown): void;
  /** @param isEarly whether the `lines` operator completed before the turn ended */
  complete(isEarly: boolean): void;
}

interface LineOptions {
  readonly includesLines: boolean;
  readonly gate: PauseGate;
  readonly teardown: Subscription;
}

/**
 * Opens the event log and the `lines` operator of a run whose source is events. Each event becomes a line, as
 * `codex exec --json` would write it.
 *
 * @throws OutputError, RequestError, and what the operator throws
 */
export function openEventLines(
  request: AnyRunRequest,
  receiver: EventReceiver,
  { includesLines, gate, teardown }: LineOptions,
): Pick<Observer<ThreadEvent>, 'next' | 'complete'> {
  const { lines, receivedAt, mirrorStdout } = request;
  const decoder = createDecoder();
  const timed = (event: ThreadEvent): ThreadEvent =>
    receivedAt === true ? { ...event, receivedAt: Date.now() } : event;
  /** The event of a line that no operator has changed. */
  let current: ThreadEvent | undefined;
  const input = openInput(
    request,
    {
      next: (line) => {
        const event = lines === undefined ? current : decode(line);
        receiver.next(event && timed(event), includesLines ? line : undefined);
      },
      error: (error) => {
        receiver.error(error);
      },
      complete: (isEarly) => {
        receiver.complete(isEarly);
      },
    },
    { gate, teardown },
  );
  const decode = (line: RawLine): ThreadEvent | undefined => {
    const decoded = decoder.decode(line);
    return decoded._tag === 'Right' && decoded.right._tag === 'Some' ? decoded.right.value : undefined;
  };
  const isText = lines !== undefined || includesLines || input.onChunk !== undefined || mirrorStdout === true;
  return {
    next: (event) => {
      const text = isText ? JSON.stringify(event) : '';
      current = event;
      try {
        if (input.onChunk !== undefined) input.onChunk(Buffer.from(`${text}\n`));
      } catch (error) {
        receiver.error(error);
        return;
      }
      if (mirrorStdout === true) process.stdout.write(`${text}\n`);
      input.lines.next(text);
    },
    complete: () => {
      input.lines.complete();
    },
  };
}
