import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import type { RunExited, RunStarted } from './run-notification.js';

/** What a consumer hears of a run: `complete` or `error` last, once, after the process is gone. */
export interface RunSink {
  readonly started?: (signal: RunStarted) => void;
  readonly line?: (line: RawLine) => void;
  readonly event?: (event: ThreadEvent) => void;
  readonly stderr?: (text: string) => void;
  readonly exited?: (signal: RunExited) => void;
  readonly complete: () => void;
  readonly error: (error: unknown) => void;
}
