import { type Observable, type Observer, type Subscriber, Subscription } from 'rxjs';

/**
 * What an operator does with the values of its source; errors and completion are passed on. Each operator has a class of its own, in which
 * `next` ignores what comes when it `isOver`.
 *
 * It is what RxJS takes for a subscriber: an observer that can be unsubscribed and knows whether it is closed. So a source calls it at once,
 * where an observer or functions would be called through two more objects.
 */
export abstract class Stage<T, R> extends Subscription implements Observer<T> {
  protected readonly consumer: Subscriber<R>;
  private isStopped: boolean;

  constructor(consumer: Subscriber<R>) {
    super();
    this.consumer = consumer;
    this.isStopped = false;
  }

  /** Subscribes to the source, for as long as the consumer stays: also if the source emits at once, and the consumer leaves in the middle of it. */
  follow(source$: Observable<T>): void {
    this.consumer.add(this);
    const subscription = source$.subscribe(this);
    // What is no Observable of RxJS 7 may not take it for a subscriber.
    if (subscription !== this) this.add(subscription);
  }

  /** Whether what comes now is to be ignored: the source has ended, or was left. */
  protected get isOver(): boolean {
    return this.isStopped || this.closed;
  }

  abstract next(value: T): void;

  error(error: unknown): void {
    if (this.isOver) return;
    this.isStopped = true;
    this.consumer.error(error);
  }

  complete(): void {
    if (this.isOver) return;
    this.isStopped = true;
    this.consumer.complete();
  }
}
