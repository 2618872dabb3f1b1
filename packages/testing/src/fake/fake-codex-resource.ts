import { Observable } from 'rxjs';
import { type FakeCodex, fakeCodex } from './fake-codex.js';
import type { FakeScript, FakeStep } from './fake-script.js';

/**
 * Creates a fake CLI on subscribe, emits it, and disposes it on unsubscribe. Does not complete. Errors with a
 * `RequestError` if the script is invalid.
 *
 * `firstValueFrom(fakeCodex$(…))` returns a disposed fake. Use `openFakeCodex` instead.
 *
 * @example
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
 *   .subscribe((event) => console.log(event.type)); // turn.completed; the fake is then disposed
 * ```
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
 * Creates a fake CLI for `await using`.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { openFakeCodex } from '@codex-rx/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * await using fake = await openFakeCodex([{ line: '{"type":"turn.completed"}' }]);
 * console.log(await lastValueFrom(exec$({ prompt: 'hello', ...fake.options })));
 * ```
 *
 * @returns a promise of the fake. It rejects with a `RequestError` if the script is invalid.
 */
export async function openFakeCodex(script: FakeScript | readonly FakeStep[]): Promise<FakeCodex> {
  return Promise.resolve(fakeCodex(script));
}
