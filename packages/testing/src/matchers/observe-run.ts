import { isCodexError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { from, type ObservableInput, Subscription } from 'rxjs';
import { showValue } from '../compare/show-value.js';

/** How long a matcher waits for a run. */
export interface WithinOptions {
  /** Milliseconds; then the run is left and the test fails. Default 30,000. */
  readonly within?: number | undefined;
}

/** A run as it was seen, and how it ended. */
export interface ObservedRun {
  readonly events: readonly ThreadEvent[];
  readonly end: { readonly kind: 'complete' } | { readonly kind: 'error'; readonly error: unknown } | OpenEnd;
}

interface OpenEnd {
  readonly kind: 'none';
  readonly within: number;
}

const WITHIN = 30_000;

/** Subscribes to a run and resolves when it ends, at the latest after `within` ms. Never rejects for the run's sake. */
export function observeRun(
  run$: ObservableInput<ThreadEvent>,
  { within = WITHIN }: WithinOptions,
): Promise<ObservedRun> {
  return new Promise((resolve) => {
    const events: ThreadEvent[] = [];
    const end = (how: ObservedRun['end']): void => {
      clearTimeout(timer);
      resolve({ events, end: how });
    };
    // What is no stream throws here, before there is a timer to be left behind.
    const events$ = from(run$);
    const subscription = new Subscription();
    const timer = setTimeout(() => {
      subscription.unsubscribe();
      end({ kind: 'none', within });
    }, within);
    subscription.add(
      events$.subscribe({
        next: (event) => events.push(event),
        error: (error: unknown) => {
          end({ kind: 'error', error });
        },
        complete: () => {
          end({ kind: 'complete' });
        },
      }),
    );
  });
}

export function describeEnd({ end }: ObservedRun): string {
  if (end.kind === 'complete') return 'It completed.';
  if (end.kind === 'none') return `It did not end within ${String(end.within)} ms.`;
  const code = isCodexError(end.error) ? ` (${end.error.code})` : '';
  return `It ended with ${showValue(end.error)}${code}.`;
}
