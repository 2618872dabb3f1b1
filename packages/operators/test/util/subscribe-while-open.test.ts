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
  type Subscription,
  switchMap,
  take,
  takeUntil,
} from 'rxjs';
import { subscribeWhileOpen } from '../../src/util/subscribe-while-open.js';

const mirrored =
  <T>(): MonoTypeOperatorFunction<T> =>
  (source$) =>
    new Observable((destination) => {
      subscribeWhileOpen(source$, destination, {
        next: (value) => {
          destination.next(value);
        },
        error: (error: unknown) => {
          destination.error(error);
        },
        complete: () => {
          destination.complete();
        },
      });
    });

/** Steps of a source, valid or not, or of its subscriber. */
const steps = ['next', 'complete', 'error', 'unsubscribe'] as const;
/** How a subscriber reacts to a notification. */
const reactions = ['nothing', 'unsubscribe', 'throw', 'next', 'complete', 'error'] as const;
type Step = (typeof steps)[number];
type Reaction = (typeof reactions)[number];
type Notification = 'next' | 'complete' | 'error';

/** Operators around the unit. */
const surroundings = {
  alone: identity,
  twice: repeat(2),
  again: retry(1),
  'up to two values': take(2),
  inner: (source$: Observable<number>) => of(1).pipe(switchMap(() => source$)),
  'before another': (source$: Observable<number>) => concat(source$, of(-1)),
} satisfies Record<string, MonoTypeOperatorFunction<number>>;

interface Story {
  /** Steps during the subscription to the source. */
  readonly synchronous: readonly Step[];
  readonly later: readonly Step[];
  readonly reaction: Readonly<Record<Notification, Reaction>>;
  readonly surrounding: keyof typeof surroundings;
}

/** Returns the log of both sides of an operator in a story. */
function seenBothSides(operator$: MonoTypeOperatorFunction<number>, story: Story): string[] {
  const log: string[] = [];
  let subscriber: Subscriber<number> | undefined;
  const stop$ = new Subject<void>();
  let values = 0;
  const taken: Record<Step, () => void> = {
    next: () => subscriber?.next(values++),
    complete: () => subscriber?.complete(),
    error: () => subscriber?.error('boom'),
    unsubscribe: () => {
      stop$.next();
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
    story.synchronous.forEach(take);
    return () => log.push('torn down');
  });
  const reactTo = (notification: Notification): void => {
    const reaction = story.reaction[notification];
    if (reaction === 'throw') throw new Error(`thrown at ${notification}`);
    // A few times at most, or the story never ends.
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
      takeUntil(stop$),
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
  log.push(`finally closed: ${String(subscriber?.closed)}`);
  return log;
}

const arbitrarySteps = fc.array(fc.constantFrom(...steps), { maxLength: 6 });
const arbitraryReaction = fc.constantFrom(...reactions);
const arbitraryStory: fc.Arbitrary<Story> = fc.record({
  synchronous: arbitrarySteps,
  later: arbitrarySteps,
  reaction: fc.record({ next: arbitraryReaction, complete: arbitraryReaction, error: arbitraryReaction }),
  surrounding: fc.constantFrom(...(Object.keys(surroundings) as (keyof typeof surroundings)[])),
});

describe('subscribeWhileOpen', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    config.onUnhandledError = null;
    jest.useRealTimers();
  });

  it('connects source and subscriber as the operators of RxJS do', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        expect(seenBothSides(mirrored(), story)).toEqual(seenBothSides(map(identity), story));
      }),
      { numRuns: 2_000 },
    );
  });

  it('unsubscribes from a source that takes the subscriber for a mere observer', () => {
    let isUnsubscribed = false;
    const foreign$ = {
      subscribe: () => ({ unsubscribe: () => (isUnsubscribed = true) }),
    } as unknown as Observable<number>;
    const subscription = mirrored<number>()(foreign$).subscribe();
    expect(isUnsubscribed).toBe(false);
    subscription.unsubscribe();
    expect(isUnsubscribed).toBe(true);
  });

  it('emits nothing after the source was unsubscribed, while the destination stays open', () => {
    let source: Subscriber<number> | undefined;
    const source$ = new Observable<number>((subscriber) => {
      source = subscriber;
      return () => {
        subscriber.next(1);
        subscriber.error('boom');
      };
    });
    const seen: unknown[] = [];
    const observer = {
      next: (value: number) => seen.push(value),
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('complete'),
    };
    let inner: Subscription | undefined;
    const subscription = new Observable<number>((destination) => {
      subscribeWhileOpen(source$, destination, observer, (each) => {
        inner = each;
      });
      inner?.unsubscribe();
      source?.next(2);
      source?.complete();
      destination.next(3);
    }).subscribe(observer);
    expect(seen).toEqual([3]);
    expect(subscription.closed).toBe(false);
    subscription.unsubscribe();
  });
});
