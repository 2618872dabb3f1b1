import { Observable } from 'rxjs';
import { type FakeCodex, fakeCodex } from './fake-codex.js';
import type { FakeScript, FakeStep } from './fake-script.js';

/**
 * A fake CLI as a resource: emits it, stays open, and disposes it when unsubscribed.
 *
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { fakeCodex$ } from '@codex-rx/testing';
 * import { switchMap, take } from 'rxjs';
 *
 * fakeCodex$([{ line: '{"type":"turn.completed"}' }])
 *   .pipe(
 *     switchMap((fake) => exec$({ prompt: 'hello', ...fake.options })),
 *     take(1),
 *   )
 *   .subscribe((event) => console.log(event.type)); // turn.completed, and the fake is gone
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

/**
 * The same as a promise of a handle, to be disposed.
 *
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { openFakeCodex } from '@codex-rx/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * await using fake = await openFakeCodex([{ line: '{"type":"turn.completed"}' }]);
 * console.log(await lastValueFrom(exec$({ prompt: 'hello', ...fake.options })));
 * ```
 *
 * Rejects with a `RequestError` for a script that cannot be played.
 */
export async function openFakeCodex(script: FakeScript | readonly FakeStep[]): Promise<FakeCodex> {
  return Promise.resolve(fakeCodex(script));
}
