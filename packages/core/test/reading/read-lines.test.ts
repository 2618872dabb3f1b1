import { readdirSync, readlinkSync } from 'node:fs';
import { Readable } from 'node:stream';
import { BehaviorSubject, of, Subject, take, throwError } from 'rxjs';
import { readEvents$ } from '../../src/reading/read-events.js';
import { all, failure, iterate, LINES, LOG, TYPES, tick, types, until } from './sample-log.js';
import { temporaryFolder } from './temporary.js';

const folder = temporaryFolder();

describe('unsubscribing', () => {
  it('destroys a stream immediately', async () => {
    const stream = new Readable({ read: () => undefined });
    stream.push(LOG.slice(0, 60));
    const subscription = readEvents$(stream).subscribe();
    await tick();
    subscription.unsubscribe();
    expect(stream.destroyed).toBe(true);
  });

  it('closes a file', async () => {
    const path = folder.write('open.jsonl', LOG);
    const isOpen = () =>
      readdirSync('/proc/self/fd').some((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === path;
        } catch {
          return false;
        }
      });
    const paused$ = new BehaviorSubject(true);
    const subscription = readEvents$(path, { paused$ }).subscribe();
    await until(isOpen);
    subscription.unsubscribe();
    await until(() => !isOpen());
    expect(paused$.observed).toBe(false);
  });

  it('ends the iteration immediately, also while it waits for a value', async () => {
    let returned = 0;
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          returned += 1;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    const subscription = readEvents$(source).subscribe();
    await tick();
    subscription.unsubscribe();
    expect(returned).toBe(1);
  });

  it('happens when an operator completes, without further events', async () => {
    const stream = Readable.from([LOG]);
    expect(await all(readEvents$(stream).pipe(take(2)))).toHaveLength(2);
    expect(stream.destroyed).toBe(true);
  });

  it('does not end a finished iteration', async () => {
    let returned = 0;
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: true, value: undefined }),
        return: () => {
          returned += 1;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    expect(await types(source)).toEqual([]);
    expect(returned).toBe(0);
  });
});

describe('paused$', () => {
  it('stops the reading while its last value is true', async () => {
    const paused$ = new BehaviorSubject(false);
    let pulled = 0;
    async function* counted() {
      for (let i = 0; i < 1000; i += 1) {
        pulled += 1;
        await Promise.resolve();
        yield `${LINES[2]}\n`.repeat(100);
      }
    }
    let seen = 0;
    const done = new Promise<void>((resolve, reject) => {
      readEvents$(counted(), { paused$ }).subscribe({
        next: () => {
          seen += 1;
          if (seen === 150) paused$.next(true);
        },
        complete: resolve,
        error: reject,
      });
    });
    await until(() => seen === 150);
    const before = pulled;
    for (let i = 0; i < 50; i += 1) await tick();
    expect(seen).toBe(150);
    expect(pulled - before).toBeLessThan(20);
    paused$.next(false);
    await done;
    expect(seen).toBe(100_000);
  });

  it('may be true from the start', async () => {
    const paused$ = new BehaviorSubject(true);
    const seen: string[] = [];
    readEvents$(iterate([LOG]), { paused$ }).subscribe(({ type }) => seen.push(type));
    for (let i = 0; i < 20; i += 1) await tick();
    expect(seen).toEqual([]);
    paused$.next(false);
    await until(() => seen.length === 4);
  });

  it('may complete: its last value counts', async () => {
    expect(await types(iterate([LOG]), { paused$: of(true, false) })).toEqual(TYPES);
  });

  it('resumes when it completes', async () => {
    expect(await types(iterate([LOG]), { paused$: of(true) })).toEqual(TYPES);
  });

  it('passes its error through', async () => {
    const reason = new Error('no gauge');
    expect(await failure(readEvents$(iterate([LOG]), { paused$: throwError(() => reason) }))).toBe(reason);
  });

  it('is unsubscribed from at the end', async () => {
    const paused$ = new Subject<boolean>();
    await all(readEvents$(iterate([LOG]), { paused$ }));
    expect(paused$.observed).toBe(false);
  });
});

describe('signal', () => {
  it('errors with an AbortError that contains the reason, and closes the source', async () => {
    const controller = new AbortController();
    const stream = new Readable({ read: () => undefined });
    const failed = failure(readEvents$(stream, { signal: controller.signal }));
    await tick();
    controller.abort('enough');
    expect(await failed).toMatchObject({ code: 'ABORT_ERR', reason: 'enough' });
    expect(stream.destroyed).toBe(true);
  });

  it('does not open the source if it is already aborted', async () => {
    const stream = Readable.from([LOG]);
    expect(await failure(readEvents$(stream, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'ABORT_ERR' });
    expect(stream.readableDidRead).toBe(false);
  });

  it('has no listener at the end', async () => {
    const { signal } = new AbortController();
    const add = jest.spyOn(signal, 'addEventListener');
    const remove = jest.spyOn(signal, 'removeEventListener');
    await all(readEvents$(iterate([LOG]), { signal }));
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove).toHaveBeenCalledWith(...(add.mock.calls[0]?.slice(0, 2) ?? []));
  });
});
