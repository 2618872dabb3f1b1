import fc from 'fast-check';
import {
  concat,
  config,
  finalize,
  identity,
  type MonoTypeOperatorFunction,
  map,
  Observable,
  of,
  repeat,
  retry,
  Subject,
  type Subscriber,
  switchMap,
  take,
  takeUntil,
} from 'rxjs';
import { Stage } from '../../src/rx/stage.js';

class Mirror<T> extends Stage<T, T> {
  next(value: T): void {
    if (!this.isOver) this.consumer.next(value);
  }
}

const mirrored =
  <T>(): MonoTypeOperatorFunction<T> =>
  (source$) =>
    new Observable((consumer) => {
      new Mirror(consumer).follow(source$);
    });

/** What a source does, whether it may or not, or the consumer from outside. */
const steps = ['next', 'complete', 'error', 'leave'] as const;
/** What a consumer does when it is told something. */
const reactions = ['nothing', 'leave', 'throw', 'next', 'complete', 'error'] as const;
type Step = (typeof steps)[number];
type Reaction = (typeof reactions)[number];
type Told = 'next' | 'complete' | 'error';

/** Where the operator stands. */
const surroundings = {
  alone: identity,
  twice: repeat(2),
  again: retry(1),
  'up to two values': take(2),
  inner: (source$: Observable<number>) => of(1).pipe(switchMap(() => source$)),
  'before another': (source$: Observable<number>) => concat(source$, of(-1)),
} satisfies Record<string, MonoTypeOperatorFunction<number>>;

interface Story {
  /** Taken while the source is subscribed to. */
  readonly atOnce: readonly Step[];
  readonly later: readonly Step[];
  readonly reaction: Readonly<Record<Told, Reaction>>;
  readonly surrounding: keyof typeof surroundings;
}

/** All that the two sides of an operator see in a story, in its order. */
function seenBothSides(operator$: MonoTypeOperatorFunction<number>, story: Story): string[] {
  const log: string[] = [];
  let subscriber: Subscriber<number> | undefined;
  const leave$ = new Subject<void>();
  let values = 0;
  const taken: Record<Step, () => void> = {
    next: () => subscriber?.next(values++),
    complete: () => subscriber?.complete(),
    error: () => subscriber?.error('boom'),
    leave: () => {
      leave$.next();
    },
  };
  const take = (step: Step): void => {
    log.push(`> ${step}, closed: ${String(subscriber?.closed)}`);
    taken[step]();
  };
  const source$ = new Observable<number>((sink) => {
    log.push('subscribed');
    subscriber = sink;
    sink.add(() => log.push('added is torn down'));
    story.atOnce.forEach(take);
    return () => log.push('torn down');
  });
  const reactTo = (told: Told): void => {
    const reaction = story.reaction[told];
    if (reaction === 'throw') throw new Error(`thrown at ${told}`);
    // Once, or the story has no end.
    if (reaction !== 'nothing' && log.filter((line) => line.startsWith('* ')).length < 3) {
      log.push(`* ${reaction}`);
      taken[reaction]();
    }
  };
  const subscription = source$
    .pipe(
      operator$,
      surroundings[story.surrounding],
      finalize(() => log.push('finalized')),
      takeUntil(leave$),
    )
    .subscribe({
      next: (value) => {
        log.push(`next ${value}`);
        reactTo('next');
      },
      error: (error: unknown) => {
        log.push(`error ${String(error)}`);
        reactTo('error');
      },
      complete: () => {
        log.push('complete');
        reactTo('complete');
      },
    });
  story.later.forEach(take);
  log.push(`closed: ${String(subscription.closed)}`);
  config.onUnhandledError = (error) => log.push(`unhandled ${String(error)}`);
  jest.runAllTimers();
  log.push(`in the end closed: ${String(subscriber?.closed)}`);
  return log;
}

const arbitrarySteps = fc.array(fc.constantFrom(...steps), { maxLength: 6 });
const arbitraryReaction = fc.constantFrom(...reactions);
const arbitraryStory: fc.Arbitrary<Story> = fc.record({
  atOnce: arbitrarySteps,
  later: arbitrarySteps,
  reaction: fc.record({ next: arbitraryReaction, complete: arbitraryReaction, error: arbitraryReaction }),
  surrounding: fc.constantFrom(...(Object.keys(surroundings) as (keyof typeof surroundings)[])),
});

describe('Stage', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    config.onUnhandledError = null;
    jest.useRealTimers();
  });

  it('is to its source and its consumer what an operator of RxJS is', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        expect(seenBothSides(mirrored(), story)).toEqual(seenBothSides(map(identity), story));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is called by its source without an observer in between', () => {
    let subscriber: unknown;
    const source$ = new Observable<number>((sink) => {
      subscriber = sink;
    });
    source$.pipe(mirrored()).subscribe();
    expect(subscriber).toBeInstanceOf(Mirror);
  });

  it('follows a source that takes it for a mere observer, and leaves it', () => {
    let isLeft = false;
    const foreign$ = { subscribe: () => ({ unsubscribe: () => (isLeft = true) }) } as unknown as Observable<number>;
    const followed$ = new Observable<number>((consumer) => {
      new Mirror(consumer).follow(foreign$);
    });
    const subscription = followed$.subscribe();
    expect(isLeft).toBe(false);
    subscription.unsubscribe();
    expect(isLeft).toBe(true);
  });

  it('tells its consumer nothing once it is left, where the consumer goes on', () => {
    let source: Subscriber<number> | undefined;
    const source$ = new Observable<number>((sink) => {
      source = sink;
      return () => {
        sink.next(1);
        sink.error('boom');
      };
    });
    const seen: unknown[] = [];
    const left$ = new Observable<number>((consumer) => {
      const mirror = new Mirror(consumer);
      mirror.follow(source$);
      mirror.unsubscribe();
      source?.next(2);
      source?.complete();
      consumer.next(3);
    });
    const subscription = left$.subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('complete'),
    });
    expect(seen).toEqual([3]);
    expect(subscription.closed).toBe(false);
    subscription.unsubscribe();
  });
});
