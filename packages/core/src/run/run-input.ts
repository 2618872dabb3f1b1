import type { Observer, Subscription } from 'rxjs';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import type { PauseGate } from '../util/pause-gate.js';
import { openEventLog } from './event-log.js';
import { applyLinesOperator } from './lines-operator.js';

/** The receivers of standard output. */
export interface RunInput {
  /** Receives the raw chunks. */
  readonly onChunk: ((chunk: Buffer) => void) | undefined;
  readonly lines: Observer<RawLine>;
}

/** Receives the lines that have passed the `lines` operator. */
interface LineReceiver {
  next(line: RawLine): void;
  error(error: unknown): void;
  /** @param isEarly whether the operator completed before the output ended */
  complete(isEarly: boolean): void;
}

interface InputContext {
  /** Pauses standard output. */
  readonly gate: PauseGate;
  /** Closes the event log and unsubscribes from the `lines` operator. */
  readonly teardown: Subscription;
}

/**
 * Opens the receivers of standard output: the event log and the `lines` operator. Called before the spawn, so that no
 * process starts if a receiver fails.
 *
 * @throws OutputError, RequestError, and what the operator throws
 */
export function openInput(request: AnyRunRequest, receiver: LineReceiver, context: InputContext): RunInput {
  return { onChunk: openLog(request, context), lines: openLines(request, receiver, context) };
}

function openLog({ eventLog }: AnyRunRequest, { teardown }: InputContext): RunInput['onChunk'] {
  if (eventLog === undefined) return undefined;
  const log = openEventLog(eventLog);
  teardown.add(log.close);
  return log.write;
}

function openLines({ lines }: AnyRunRequest, receiver: LineReceiver, context: InputContext): Observer<RawLine> {
  let hasSourceEnded = false;
  const results: Observer<RawLine> = {
    next: (line) => {
      receiver.next(line);
    },
    error: (error) => {
      receiver.error(error);
    },
    complete: () => {
      receiver.complete(!hasSourceEnded);
    },
  };
  const source = lines === undefined ? results : applyLinesOperator(lines, results, context);
  return {
    next: (line) => {
      source.next(line);
    },
    error: results.error,
    complete: () => {
      hasSourceEnded = true;
      source.complete();
    },
  };
}
