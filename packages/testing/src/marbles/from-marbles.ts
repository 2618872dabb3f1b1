import type { ThreadEvent } from '@codex-rx/core/events';
import type { Observable } from 'rxjs';
import type { Frame } from '../timeline/frame.js';
import { playFrames } from '../timeline/play-frames.js';
import { sourceMeaning } from './marble-meaning.js';
import { parseMarbles } from './parse-marbles.js';
import type { RunMarbles } from './to-marbles.js';

/**
 * A cold stream that does what a diagram says; the other way round than `toMarbles`.
 *
 * Outside of braces diagrams are those of RxJS in run mode (`a-b 20ms c|`). Names in braces can be of any length, happen at once and take no time:
 * `{thread turn} 12ms {msg done |}`. A name stands for its value in `values`; `thread`, `turn` and `done` need none, and without any
 * `values` a character stands for itself. `#` errors with `error`. Times are virtual under `codexScheduler()` and real otherwise.
 *
 * ```ts
 * import { events, fromMarbles, items } from '@codex-rx/testing';
 *
 * const run$ = fromMarbles('{thread turn} 12ms {msg} 3ms {done |}', { msg: events.itemCompleted(items.agentMessage('Hello.')) });
 * run$.subscribe((event) => console.log(event.type));
 * ```
 *
 * @throws RequestError (`REQUEST_INVALID`) for a diagram that cannot be read or a name without a value.
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
