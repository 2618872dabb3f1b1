import { isCodexError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import { lastValueFrom, type Observable, take, toArray } from 'rxjs';
import { events } from '../../src/builders/index.js';
import { codexScheduler, fromMarbles } from '../../src/marbles/index.js';

describe('fromMarbles', () => {
  it('emits the values of the diagram in virtual time', () => {
    codexScheduler().run(({ expectObservable }) => {
      expectObservable(fromMarbles<number>('a 20ms {long} 1s #', { a: 1, long: 2 }, 'end')).toBe(
        'a 20ms b 999ms #',
        { a: 1, b: 2 },
        'end',
      );
    });
  });

  it('emits in real time outside a scheduler, separately for each subscription', async () => {
    const run$ = fromMarbles('{thread} 5ms {turn} 5ms {done |}');
    const expected = [events.threadStarted(), events.turnStarted(), events.turnCompleted()];
    expect(await lastValueFrom(run$.pipe(toArray()))).toEqual(expected);
    expect(await lastValueFrom(run$.pipe(toArray()))).toEqual(expected);
  });

  it('stops on unsubscribe, also between synchronous values', async () => {
    expect(await lastValueFrom(fromMarbles('{thread turn done}').pipe(take(2), toArray()))).toHaveLength(2);
    codexScheduler().run(({ expectRun }) => {
      expectRun(fromMarbles('a 5ms b 5ms c').pipe(take(2))).toBe('a 5ms (b|)');
    });
  });

  it('errors with an Error by default', () => {
    const seen: unknown[] = [];
    fromMarbles('{#}').subscribe({ error: (error: unknown) => seen.push(error) });
    expect(seen).toEqual([expect.any(Error)]);
  });

  it.each([
    ['{typo}', {}],
    ['a', { b: 1 }],
    ['{toString}', {}],
  ])('names the known names when one has no value: %s', (marbles, values) => {
    let error: unknown;
    try {
      fromMarbles(marbles, values);
    } catch (caught) {
      error = caught;
    }
    expect(isCodexError(error, 'REQUEST_INVALID') && error.message).toContain('thread, turn, done');
  });

  it('emits events unless its values have another type', () => {
    expect(fromMarbles('{thread}')).toBeDefined();
    expectTypeOf(fromMarbles('{thread}')).toEqualTypeOf<Observable<ThreadEvent>>();
    expectTypeOf(fromMarbles('a', { a: 1 })).toEqualTypeOf<Observable<number>>();
  });
});
