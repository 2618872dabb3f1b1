import { isCodexError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { from, type ObservableInput, Subscription } from 'rxjs';
import { showValue } from '../compare/show-value.js';

/** The time limit of a matcher. */
export interface WithinOptions {
  /** Time limit of the run in ms. The matcher then unsubscribes and fails. Default 30,000. */
  readonly within?: number | undefined;
}

/** The events of a run and its end. */
export interface ObservedRun {
  readonly events: readonly ThreadEvent[];
  readonly end: { readonly kind: 'complete' } | { readonly kind: 'error'; readonly error: unknown } | OpenEnd;
}

interface OpenEnd {
  readonly kind: 'none';
  readonly within: number;
}

const DEFAULT_WITHIN_MS = 30_000;

/** Subscribes to a run. Resolves when the run ends, or after `within` ms. Does not reject if the run errors. */
export function observeRun(
  run$: ObservableInput<ThreadEvent>,
  { within = DEFAULT_WITHIN_MS }: WithinOptions,
): Promise<ObservedRun> {
  return new Promise((resolve) => {
    const events: ThreadEvent[] = [];
    const end = (how: ObservedRun['end']): void => {
      clearTimeout(timer);
      resolve({ events, end: how });
    };
    // Throws for an invalid input, so it must precede the timer.
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
