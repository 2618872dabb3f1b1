import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import { Stage } from './stage.js';

/** As `filter` of RxJS for predicates that need no index; as a {@link Stage} it costs less per value. */
export function where<T, S extends T>(accepts: (value: T) => value is S): OperatorFunction<T, S> {
  return (source$) =>
    new Observable((consumer) => {
      new Where(consumer, accepts).follow(source$);
    });
}

class Where<T, S extends T> extends Stage<T, S> {
  readonly #accepts: (value: T) => value is S;

  constructor(consumer: Subscriber<S>, accepts: (value: T) => value is S) {
    super(consumer);
    this.#accepts = accepts;
  }

  next(value: T): void {
    if (this.isOver) return;
    const accepts = this.#accepts;
    let isAccepted: boolean;
    try {
      isAccepted = accepts(value);
    } catch (error) {
      this.error(error);
      return;
    }
    if (isAccepted) this.consumer.next(value as S);
  }
}
