import { concat, interval, NEVER, Observable, of, range, Subject, take, throwError } from 'rxjs';
import { toAsyncIterable } from '../../src/operators/to-async-iterable.js';
import { matching } from '../support/operator-checklist.js';

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}

describe('toAsyncIterable', () => {
  it('gives the values in order and ends', async () => {
    expect(await collect(toAsyncIterable(() => of(1, 2, 3)))).toEqual([1, 2, 3]);
    expect(await collect(toAsyncIterable(() => interval(1).pipe(take(3))))).toEqual([0, 1, 2]);
    expect(await collect(toAsyncIterable(() => of()))).toEqual([]);
  });

  it('accepts any ObservableInput', async () => {
    expect(await collect(toAsyncIterable(() => [1, 2]))).toEqual([1, 2]);
  });

  it('subscribes with the first `next()`, not before', async () => {
    let subscribed = false;
    const values = toAsyncIterable(() => {
      subscribed = true;
      return of(1);
    });
    expect(subscribed).toBe(false);
    await values.next();
    expect(subscribed).toBe(true);
  });

  it('throws the error of the stream after the values before it, once', async () => {
    const values = toAsyncIterable(() =>
      concat(
        of(1, 2),
        throwError(() => new Error('boom')),
      ),
    );
    expect(await values.next()).toEqual({ done: false, value: 1 });
    expect(await values.next()).toEqual({ done: false, value: 2 });
    await expect(values.next()).rejects.toThrow('boom');
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  it('throws to a `next()` that is pending, and ends the others', async () => {
    const source$ = new Subject<number>();
    const values = toAsyncIterable(() => source$);
    const pending = [values.next(), values.next()];
    source$.error(new Error('boom'));
    await expect(pending[0]).rejects.toThrow('boom');
    expect(await pending[1]).toEqual({ done: true, value: undefined });
  });

  it('gives values to pending calls of `next()` in order', async () => {
    const source$ = new Subject<number>();
    const values = toAsyncIterable(() => source$);
    const pending = Promise.all([values.next(), values.next()]);
    source$.next(1);
    source$.next(2);
    expect((await pending).map(({ value }) => value)).toEqual([1, 2]);
  });

  it('throws the error of the function', async () => {
    const values = toAsyncIterable((): Observable<number> => {
      throw new Error('broken');
    });
    await expect(values.next()).rejects.toThrow('broken');
  });

  it('unsubscribes on break and on an exception in the loop', async () => {
    const source$ = new Subject<number>();
    const loop = async (leave: (value: number) => void) => {
      for await (const value of toAsyncIterable(() => concat(of(1), source$))) leave(value);
    };
    await expect(
      loop(() => {
        throw new Error('out');
      }),
    ).rejects.toThrow('out');
    expect(source$.observed).toBe(false);
    for await (const value of toAsyncIterable(() => concat(of(1), source$))) {
      expect([value, source$.observed]).toEqual([1, true]);
      break;
    }
    expect(source$.observed).toBe(false);
  });

  it('settles a pending `next()` with `return()`', async () => {
    const values = toAsyncIterable(() => NEVER);
    const pending = values.next();
    expect(await values.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  it('never subscribes after `return()`', async () => {
    let subscribed = false;
    const values = toAsyncIterable(() => {
      subscribed = true;
      return of(1);
    });
    await values.return();
    expect(await values.next()).toEqual({ done: true, value: undefined });
    expect(subscribed).toBe(false);
  });

  it('gives no value that waited after `return()`', async () => {
    const values = toAsyncIterable(() => of(1, 2, 3));
    await values.next();
    await values.return();
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  it('unsubscribes with `throw()`, and throws', async () => {
    const source$ = new Subject<number>();
    const values = toAsyncIterable(() => source$);
    const pending = values.next();
    await expect(values.throw?.(new Error('out'))).rejects.toThrow('out');
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(source$.observed).toBe(false);
  });

  it('pauses the source at the high-water mark, and resumes it when half of the values are consumed', async () => {
    const source$ = new Subject<number>();
    const asked: boolean[] = [];
    const values = toAsyncIterable(
      (paused$) => {
        paused$.subscribe((paused) => asked.push(paused));
        return source$;
      },
      { highWaterMark: 4 },
    );
    const first = values.next();
    for (let i = 0; i < 6; i++) source$.next(i);
    await first;
    expect(asked).toEqual([false, true]);
    for (let i = 0; i < 2; i++) await values.next();
    expect(asked).toEqual([false, true]);
    await values.next();
    expect(asked).toEqual([false, true, false]);
    expect((await values.next()).value).toBe(4);
  });

  it('buffers no more than the source emits while it is paused', async () => {
    let produced = 0;
    let paused = false;
    const source$ = new Observable<number>((subscriber) => {
      const timer = setInterval(() => {
        if (!paused) subscriber.next(produced++);
      }, 0);
      return () => {
        clearInterval(timer);
      };
    });
    const values = toAsyncIterable(
      (paused$) => {
        paused$.subscribe((value) => {
          paused = value;
        });
        return source$;
      },
      { highWaterMark: 2 },
    );
    for (let i = 0; i < 10; i++) {
      expect((await values.next()).value).toBe(i);
      expect(produced - i).toBeLessThanOrEqual(1 + 2);
    }
    await values.return();
  });

  it('keeps very many values without taking ever longer for each', async () => {
    const values = toAsyncIterable(() => range(0, 200_000));
    let sum = 0;
    for await (const value of values) sum += value;
    expect(sum).toBe(19_999_900_000);
  });

  it('stops a source that emits synchronously when it is left', async () => {
    let produced = 0;
    const values = toAsyncIterable(
      () =>
        new Observable<number>((subscriber) => {
          while (!subscriber.closed && produced < 1000) {
            produced++;
            if (produced === 5) void values.return();
            subscriber.next(produced);
          }
        }),
    );
    await values.next();
    expect(produced).toBe(5);
  });

  it.each([0, -1, 1.5, Number.NaN])('rejects %p as a high-water mark', (highWaterMark) => {
    expect(() => toAsyncIterable(() => NEVER, { highWaterMark })).toThrow(
      matching({ code: 'REQUEST_INVALID', field: 'toAsyncIterable.highWaterMark' }),
    );
  });
});
