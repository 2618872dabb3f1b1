import { RequestError } from '@codex-rx/core/errors';
import { BehaviorSubject, defer, distinctUntilChanged, type Observable, Subject, takeUntil } from 'rxjs';

interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const done = { done: true, value: undefined } as const;

/** Like `AsyncIterableIterator`, whose type parameters differ between versions of TypeScript. */
export interface ValueIterator<T> extends AsyncIterator<T, undefined> {
  [Symbol.asyncIterator](): this;
  /** Ends the iteration, and unsubscribes from the Observable. */
  return(): Promise<IteratorResult<T, undefined>>;
}

/** Async iterator over an Observable. Buffers values that were not pulled yet, and reports when the buffer is full. */
export class BoundedQueue<T> implements ValueIterator<T> {
  readonly #source$: Observable<T>;
  readonly #highWaterMark: number;
  readonly #paused$ = new BehaviorSubject(false);
  readonly #closed$ = new Subject<void>();
  /** Values in the order of their emission, behind those in `#ready`. */
  #buffered: T[] = [];
  /** The next values, the first one at the end: `Array.shift` takes seconds for a buffer of 100,000 values. */
  #ready: T[] = [];
  /** Pending calls of `next()`. While there are any, the buffer is empty. */
  readonly #waiters: Waiter<T>[] = [];
  #isSubscribed = false;
  #hasEnded = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(project$: (paused$: Observable<boolean>) => Observable<T>, highWaterMark: number) {
    if (!Number.isInteger(highWaterMark) || highWaterMark < 1) {
      throw new RequestError(
        'toAsyncIterable.highWaterMark',
        `must be a positive integer, got ${String(highWaterMark)}.`,
      );
    }
    this.#highWaterMark = highWaterMark;
    this.#source$ = defer(() => project$(this.#paused$.pipe(distinctUntilChanged())));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    this.#subscribe();
    if (this.#length > 0) {
      const value = this.#take();
      if (this.#length <= this.#highWaterMark / 2) this.#paused$.next(false);
      return Promise.resolve({ done: false, value });
    }
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the error of the stream, unchanged
      return Promise.reject(error);
    }
    if (this.#hasEnded) return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#close();
    return Promise.resolve(done);
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#close();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the error of the caller, unchanged
    return Promise.reject(error);
  }

  #subscribe(): void {
    if (this.#isSubscribed) return;
    this.#isSubscribed = true;
    this.#source$.pipe(takeUntil(this.#closed$)).subscribe({
      next: (value) => {
        this.#push(value);
      },
      error: (error: unknown) => {
        const waiter = this.#waiters.shift();
        if (waiter === undefined) this.#failure = { error };
        else waiter.reject(error);
        this.#finish();
      },
      complete: () => {
        this.#finish();
      },
    });
  }

  #push(value: T): void {
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.resolve({ done: false, value });
      return;
    }
    this.#buffered.push(value);
    if (this.#length >= this.#highWaterMark) this.#paused$.next(true);
  }

  get #length(): number {
    return this.#ready.length + this.#buffered.length;
  }

  #take(): T {
    if (this.#ready.length === 0) {
      this.#ready = this.#buffered.reverse();
      this.#buffered = [];
    }
    return this.#ready.pop() as T;
  }

  #close(): void {
    this.#isSubscribed = true;
    this.#buffered = [];
    this.#ready = [];
    this.#failure = undefined;
    this.#closed$.next();
    this.#finish();
  }

  #finish(): void {
    this.#hasEnded = true;
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(done);
    this.#paused$.complete();
  }
}
