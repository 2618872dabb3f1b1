import { RequestError } from '@codex-rx/core/errors';
import { BehaviorSubject, defer, distinctUntilChanged, type Observable, Subject, takeUntil } from 'rxjs';
import { Fifo } from '../fifo.js';

interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const done = { done: true, value: undefined } as const;

/** Stands between a stream that pushes and a consumer that pulls, and pauses the stream while enough values wait. */
export class BoundedQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #source$: Observable<T>;
  readonly #highWaterMark: number;
  readonly #paused$ = new BehaviorSubject(false);
  readonly #left$ = new Subject<void>();
  readonly #values = new Fifo<T>();
  /** Calls of `next()` that wait for a value; if there are any, no value waits. */
  readonly #waiters: Waiter<T>[] = [];
  #isSubscribed = false;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(project$: (paused$: Observable<boolean>) => Observable<T>, highWaterMark: number) {
    if (!Number.isInteger(highWaterMark) || highWaterMark < 1) {
      throw new RequestError(
        'toAsyncIterable.highWaterMark',
        `must be a whole number from 1 on, not ${String(highWaterMark)}`,
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
    if (this.#values.length > 0) {
      const value = this.#values.take();
      if (this.#values.length <= this.#highWaterMark / 2) this.#paused$.next(false);
      return Promise.resolve({ done: false, value });
    }
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the stream errored with
      return Promise.reject(error);
    }
    if (this.#isOver) return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#leave();
    return Promise.resolve(done);
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#leave();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the caller threw
    return Promise.reject(error);
  }

  #subscribe(): void {
    if (this.#isSubscribed) return;
    this.#isSubscribed = true;
    this.#source$.pipe(takeUntil(this.#left$)).subscribe({
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
    this.#values.push(value);
    if (this.#values.length >= this.#highWaterMark) this.#paused$.next(true);
  }

  #leave(): void {
    this.#isSubscribed = true;
    this.#values.clear();
    this.#failure = undefined;
    this.#left$.next();
    this.#finish();
  }

  #finish(): void {
    this.#isOver = true;
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(done);
    this.#paused$.complete();
  }
}
