import { type Observable, type Observer, type Subscriber, Subscription } from 'rxjs';

/**
 * What an operator does with the values of its source; errors and completion are passed on. Each operator has a class of its own, in which
 * `next` ignores what comes when it is `closed`.
 *
 * It is what RxJS takes for a subscriber: an observer that can be unsubscribed and knows whether it is closed. So a source calls it at once,
 * where an observer or functions would be called through two more objects.
 */
export abstract class Stage<T, R> extends Subscription implements Observer<T> {
  protected readonly consumer: Subscriber<R>;

  constructor(consumer: Subscriber<R>) {
    super();
    this.consumer = consumer;
  }

  /** Subscribes to the source, for as long as the consumer stays: also if the source emits at once, and the consumer leaves in the middle of it. */
  follow(source$: Observable<T>): void {
    this.consumer.add(this);
    const subscription = source$.subscribe(this);
    // Other versions of RxJS would wrap it.
    if (subscription !== this) this.add(subscription);
  }

  abstract next(value: T): void;

  error(error: unknown): void {
    if (!this.closed) this.consumer.error(error);
  }

  complete(): void {
    if (!this.closed) this.consumer.complete();
  }
}
