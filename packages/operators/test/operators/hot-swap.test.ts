import {
  defer,
  finalize,
  fromEvent,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  of,
  Subject,
  throwError,
  timer,
} from 'rxjs';
import { hotSwap } from '../../src/operators/hot-swap.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

/** As a run does: 3 frames after its signal is aborted it is gone, with an error. */
function asRun(values$: Observable<string>, signal: AbortSignal): Observable<string> {
  const gone$ = fromEvent(signal, 'abort').pipe(
    mergeMap(() => timer(3)),
    mergeMap(() => throwError(() => new Error('aborted'))),
  );
  return merge(values$, gone$);
}

describe('hotSwap', () => {
  behavesAsAnOperator<string, string>({
    operator: () => hotSwap((value) => of(value)),
    sample: ['a', 'b'],
    // The `a` that comes while the first one's stream emits is dropped for the `b` behind it.
    again: ['a', 'b', 'b'],
  });

  it('starts the next stream when the previous one has ended after its abort, and drops its values until then', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot('a----b--------|');
      const a$ = cold('    1-2-3-4-5-6-7-8');
      const b$ = cold('            x-y|');
      const streams: Record<string, Observable<string>> = { a: a$, b: b$ };
      const swapped$ = source$.pipe(
        hotSwap((key, { signal }) => (key === 'a' ? asRun(a$, signal) : (streams[key] ?? NEVER))),
      );
      expectObservable(swapped$).toBe('1-2-3---x-y---|');
      expectSubscriptions(a$.subscriptions).toBe('^-------!');
      expectSubscriptions(b$.subscriptions).toBe('--------^--!');
      expectSubscriptions(source$.subscriptions).toBe('^-------------!');
    });
  });

  it('drops the values in between, and starts with the latest', () => {
    marbles(({ hot, expectObservable }) => {
      const started: string[] = [];
      const source$ = hot('a-bcd----|');
      const swapped$ = source$.pipe(
        hotSwap((key, { signal }) => {
          started.push(key);
          return key === 'a' ? asRun(NEVER, signal) : of(key);
        }),
      );
      expectObservable(swapped$).toBe('-----d---|');
      expectObservable(timer(9).pipe(mergeMap(() => of(started.join(''))))).toBe('---------(s|)', { s: 'ad' });
    });
  });

  it('tears down the previous stream before the next one starts', () => {
    const source$ = new Subject<string>();
    const log: string[] = [];
    const swapped$ = source$.pipe(
      hotSwap((key, { signal }) =>
        defer(() => {
          log.push(`begin ${key}`);
          return merge(
            NEVER,
            fromEvent(signal, 'abort').pipe(
              mergeMap(() => {
                throw new Error('aborted');
              }),
            ),
          );
        }).pipe(finalize(() => log.push(`end ${key}`))),
      ),
    );
    const subscription = swapped$.subscribe();
    source$.next('a');
    source$.next('b');
    subscription.unsubscribe();
    expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b']);
  });

  it('tears down a stream that completes by itself before the next one starts', () => {
    const first$ = new Subject<string>();
    const log: string[] = [];
    of('a', 'b')
      .pipe(hotSwap((key) => (key === 'a' ? first$ : of(key)).pipe(finalize(() => log.push(`end ${key}`)))))
      .subscribe((value) => log.push(value));
    first$.complete();
    expect(log).toEqual(['end a', 'b', 'end b']);
  });

  it('starts immediately when the previous stream has ended by itself', () => {
    marbles(({ cold, hot, expectObservable }) => {
      const source$ = hot('a---b---|');
      expectObservable(source$.pipe(hotSwap((key) => cold('-x|', { x: key })))).toBe('-a---b--|');
    });
  });

  it('waits for the last stream to complete', () => {
    marbles(({ cold, hot, expectObservable }) => {
      expectObservable(hot('a|').pipe(hotSwap(() => cold('---x---|')))).toBe('---x---|');
    });
  });

  it('completes after a swap when the last stream has', () => {
    marbles(({ hot, expectObservable }) => {
      const source$ = hot('ab|');
      const swapped$ = source$.pipe(hotSwap((key, { signal }) => (key === 'a' ? asRun(NEVER, signal) : of(key))));
      expectObservable(swapped$).toBe('----(b|)');
    });
  });

  it('errors with the error of a stream that was not aborted', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot('a----');
      expectObservable(source$.pipe(hotSwap(() => cold('-x-#')))).toBe('-x-#');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });

  it('errors with the error that `project` throws', () => {
    marbles(({ hot, expectObservable }) => {
      const broken$ = hotSwap((): Observable<string> => {
        throw new Error('broken');
      });
      expectObservable(hot('-a-').pipe(broken$)).toBe('-#', {}, new Error('broken'));
    });
  });

  it('errors like the source, and unsubscribes from the stream', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const inner$ = cold('-x----');
      expectObservable(hot('a--#').pipe(hotSwap(() => inner$))).toBe('-x-#');
      expectSubscriptions(inner$.subscriptions).toBe('^--!');
    });
  });

  it('aborts the signal and unsubscribes from the stream when it is unsubscribed', () => {
    const signals: AbortSignal[] = [];
    const inner$ = new Subject<string>();
    const subscription = of('a')
      .pipe(
        hotSwap((_, { signal }) => {
          signals.push(signal);
          return inner$;
        }),
      )
      .subscribe();
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(inner$.observed).toBe(false);
  });

  it('allows a subscriber to trigger the next stream during a value of this one', () => {
    const source$ = new Subject<string>();
    const seen: string[] = [];
    source$.pipe(hotSwap((key) => of(`${key}1`, `${key}2`))).subscribe((value) => {
      seen.push(value);
      if (value === 'a1') source$.next('b');
    });
    source$.next('a');
    expect(seen).toEqual(['a1', 'b1', 'b2']);
  });

  describe('with processes that outlive their stream', () => {
    /**
     * As runs do: reports a process to the owner of its signal. Returns a function that ends that process.
     */
    function processWith(signal: AbortSignal): (error?: Error) => Promise<void> {
      let end: (error?: Error) => void = () => undefined;
      const settled = new Promise<void>((resolve, reject) => {
        end = (error) => {
          if (error === undefined) resolve();
          else reject(error);
        };
      });
      const tell = (signal as { readonly [settling]?: (settled: Promise<unknown>) => void })[settling];
      tell?.(settled);
      return async (error) => {
        end(error);
        await new Promise(setImmediate);
      };
    }
    const settling = Symbol.for('@codex-rx/settling');

    /** A process per stream; streams complete synchronously. */
    function observeProcesses() {
      const source$ = new Subject<string>();
      const signals: AbortSignal[] = [];
      const ends: ReturnType<typeof processWith>[] = [];
      const seen: string[] = [];
      const subscription = source$
        .pipe(
          hotSwap((key, { signal }) => {
            signals.push(signal);
            ends.push(processWith(signal));
            return of(key);
          }),
        )
        .subscribe({
          next: (value) => seen.push(value),
          error: () => seen.push('error'),
          complete: () => seen.push('complete'),
        });
      return { source$, signals, ends, seen, subscription };
    }

    it('aborts the signal at the next value, and starts with the latest value when the runs have ended', async () => {
      const { source$, signals, ends, seen } = observeProcesses();
      source$.next('a');
      expect(signals[0]?.aborted).toBe(false);
      source$.next('b');
      expect(signals[0]?.aborted).toBe(true);
      source$.next('c');
      expect(seen).toEqual(['a']);
      await ends[0]?.();
      expect(seen).toEqual(['a', 'c']);
    });

    it('starts immediately with a value after the runs have ended', async () => {
      const { source$, signals, ends, seen } = observeProcesses();
      source$.next('a');
      await ends[0]?.(new Error('whatever becomes of it'));
      source$.next('b');
      expect(seen).toEqual(['a', 'b']);
      expect(signals[0]?.aborted).toBe(false);
    });

    it('waits for those that come meanwhile, too', async () => {
      const { source$, signals, ends, seen } = observeProcesses();
      source$.next('a');
      source$.next('b');
      const endOfAnother = processWith(signals[0] ?? new AbortController().signal);
      await ends[0]?.();
      expect(seen).toEqual(['a']);
      await endOfAnother();
      expect(seen).toEqual(['a', 'b']);
    });

    it('does not wait for their completion, and does not stop them', async () => {
      const { source$, signals, ends, seen } = observeProcesses();
      source$.next('a');
      source$.complete();
      expect(seen).toEqual(['a', 'complete']);
      await ends[0]?.();
      expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    });

    it('completes only after a value that waits for them', async () => {
      const { source$, ends, seen } = observeProcesses();
      source$.next('a');
      source$.next('b');
      source$.complete();
      expect(seen).toEqual(['a']);
      await ends[0]?.();
      expect(seen).toEqual(['a', 'b', 'complete']);
    });

    it('aborts their signal when it is unsubscribed, and starts nothing more', async () => {
      const { source$, signals, ends, seen, subscription } = observeProcesses();
      source$.next('a');
      source$.next('b');
      subscription.unsubscribe();
      expect(signals[0]?.aborted).toBe(true);
      await ends[0]?.();
      expect(signals).toHaveLength(1);
      expect(seen).toEqual(['a']);
    });
  });

  it('rejects a missing function when it is created', () => {
    expect(() => hotSwap(undefined as never)).toThrow('"hotSwap.project" must be a function, got undefined.');
  });

  it('keeps nothing of the streams that have ended', () => {
    const source$ = new Subject<number>();
    const inners: Subject<string>[] = [];
    const subscription = source$
      .pipe(
        hotSwap(() => {
          const inner$ = new Subject<string>();
          inners.push(inner$);
          return inner$;
        }),
      )
      .subscribe();
    const teardowns = () => (subscription as unknown as { _finalizers: unknown[] | null })._finalizers?.length ?? 0;
    source$.next(0);
    const before = teardowns();
    for (let i = 0; i < 100; i++) {
      source$.next(i);
      inners.at(-1)?.complete();
    }
    expect(inners).toHaveLength(101);
    expect(teardowns()).toBeLessThanOrEqual(before);
    subscription.unsubscribe();
  });
});
