import { Observable } from 'rxjs';
import { type FakeCodex, fakeCodex } from './fake-codex.js';
import type { FakeScript, FakeStep } from './script.js';

/**
 * A fake CLI as a resource: emits it, stays open, and disposes it when unsubscribed.
 *
 * ```ts
 * const types$ = fakeCodex$([{ line: '{"type":"turn.completed"}' }]).pipe(
 *   switchMap((fake) => exec$({ prompt: 'hello', ...fake.options })), takeWhile((event) => event.type !== 'turn.completed', true));
 * ```
 *
 * Errors with a `RequestError` for a script that cannot be played. `firstValueFrom(fakeCodex$(…))` gives a closed one: use `openFakeCodex`.
 */
export function fakeCodex$(script: FakeScript | readonly FakeStep[]): Observable<FakeCodex> {
  return new Observable((subscriber) => {
    const fake = fakeCodex(script);
    subscriber.add(() => {
      fake.dispose().catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
      });
    });
    subscriber.next(fake);
  });
}

/** The same for `await using fake = await openFakeCodex(script)`. */
export async function openFakeCodex(script: FakeScript | readonly FakeStep[]): Promise<FakeCodex> {
  return Promise.resolve(fakeCodex(script));
}
