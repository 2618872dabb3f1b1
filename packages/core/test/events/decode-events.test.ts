import { decodeEvents, type RawLine } from '@codex-rx/core/events';
import { Observable, of, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

const lines: Readonly<Record<string, RawLine>> = {
  t: '{"type":"thread.started","thread_id":"t-1"}',
  b: '',
  u: '{"type":"turn.started"}',
  x: 'oops',
  d: { text: '{', line_number: 9, problem: 'oversize' },
};

const marbles = (assert: (helpers: Parameters<Parameters<TestScheduler['run']>[0]>[0]) => void): void => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(assert);
};

const thread = { type: 'thread.started', thread_id: 't-1' };
const turn = { type: 'turn.started', thread_id: 't-1', turn_id: 'synthetic-turn-1' };
const malformed = { type: 'malformed', thread_id: 't-1', line: 'oops', line_number: 2, error: 'not JSON' };

describe('decodeEvents', () => {
  it('emits an event for each line that is not blank, synchronously, and completes with the source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold<RawLine>('t-b-x-|', lines);

      expectObservable(source$.pipe(decodeEvents())).toBe('t---x-|', {
        t: thread,
        x: { ...malformed, line_number: 3 },
      });
      expectSubscriptions(source$.subscriptions).toBe('^-----!');
    });
  });

  it('errors when the source errors', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<RawLine>('t-#', lines).pipe(decodeEvents())).toBe('t-#', { t: thread });
    });
  });

  it('with strict, errors at the first line that is not an event, and unsubscribes from the source', () => {
    const errors: unknown[] = [];
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold<RawLine>('t-x-u-|', lines);
      const result$ = new Observable((subscriber) =>
        source$.pipe(decodeEvents({ strict: true })).subscribe({
          next: (event) => {
            subscriber.next(event);
          },
          error: (error: unknown) => {
            errors.push(error);
            subscriber.error('the error');
          },
        }),
      );

      expectObservable(result$).toBe('t-#', { t: thread }, 'the error');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });

    expect(errors).toMatchObject([{ name: 'DecodeError', code: 'DECODE_FAILED', line: 2, excerpt: 'oops' }]);
  });

  it('stops a source that emits without a pause as soon as a strict decoder fails', () => {
    let emitted = 0;
    const endless$ = new Observable<RawLine>((subscriber) => {
      while (!subscriber.closed && emitted < 1000) {
        emitted++;
        subscriber.next('oops');
      }
    });
    let failed = false;
    endless$.pipe(decodeEvents({ strict: true })).subscribe({
      error: () => {
        failed = true;
      },
    });

    expect([failed, emitted]).toEqual([true, 1]);
  });

  it('creates a decoder for each subscription', () => {
    const events$ = of<RawLine[]>('{"type":"thread.started","thread_id":"t-1"}', '{"type":"turn.started"}').pipe(
      decodeEvents(),
      toArray(),
    );
    const seen: unknown[] = [];
    events$.subscribe((events) => seen.push(events));
    events$.subscribe((events) => seen.push(events));

    expect(seen).toEqual([
      [thread, turn],
      [thread, turn],
    ]);
  });

  it('unsubscribes from the source on unsubscribe', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold<RawLine>('t-u-t-', lines);

      expectObservable(source$.pipe(decodeEvents()), '^--!').toBe('t-u-', { t: thread, u: turn });
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });
});
