import type { ThreadEvent } from '@codex-rx/core/events';
import type { Observable } from 'rxjs';
import type { Frame } from '../timeline/frame.js';
import { playFrames } from '../timeline/play-frames.js';
import { sourceMeaning } from './marble-meaning.js';
import { parseMarbles } from './parse-marbles.js';
import type { RunMarbles } from './to-marbles.js';

/**
 * Creates a cold Observable from a diagram, for example that of `toMarbles`.
 *
 * Outside braces, a diagram has the syntax of RxJS' TestScheduler in run mode (`a-b 20ms c|`). Names in braces have any
 * length, are emitted synchronously and take no time: `{thread turn} 12ms {msg done |}`.
 *
 * A name emits its value in `values`. `thread`, `turn` and `done` have default values. Without `values`, a character
 * emits itself. `#` errors with `error`. Times are virtual in `codexScheduler()`, else real.
 *
 * @example
 * ```ts
 * import { events, fromMarbles, items } from '@codex-rx/testing';
 *
 * const msg = events.itemCompleted(items.agentMessage('Hello.'));
 * const run$ = fromMarbles('{thread turn} 12ms {msg} 3ms {done |}', { msg });
 * run$.subscribe((event) => console.log(event.type));
 * ```
 *
 * @throws RequestError (`REQUEST_INVALID`) if the diagram is invalid or a name has no value.
 */
export function fromMarbles(marbles: RunMarbles): Observable<ThreadEvent>;
export function fromMarbles<T = ThreadEvent>(
  marbles: string,
  values?: Readonly<Record<string, T>>,
  error?: unknown,
): Observable<T>;
export function fromMarbles(
  marbles: string | RunMarbles,
  values?: Readonly<Record<string, unknown>>,
  error?: unknown,
): Observable<unknown> {
  return playFrames(
    typeof marbles === 'string'
      ? parseMarbles(marbles, sourceMeaning(values, error))
      : (parseMarbles(marbles.marbles, sourceMeaning(marbles.values, marbles.error)) as Frame<ThreadEvent>[]),
  );
}
