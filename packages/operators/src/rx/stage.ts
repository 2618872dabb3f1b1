import type { Observer, Subscriber } from 'rxjs';

/**
 * What an operator does with the values of its source; errors and completion are passed on. Each operator has a class of its own: where several
 * stand behind each other, the engine then tells one's `next` from another's and calls it without a detour, as it cannot with functions.
 */
export abstract class Stage<T, R> implements Observer<T> {
  protected readonly consumer: Subscriber<R>;

  constructor(consumer: Subscriber<R>) {
    this.consumer = consumer;
  }

  abstract next(value: T): void;

  error(error: unknown): void {
    this.consumer.error(error);
  }

  complete(): void {
    this.consumer.complete();
  }
}
