import type { Sequence } from './types.js';

/** A read-only list, defined by its length and its values by position. */
export abstract class List<T> implements Sequence<T> {
  abstract readonly length: number;

  /** Returns the value at a position between 0 and `length - 1`. */
  protected abstract valueAt(position: number): T;

  at(index: number): T | undefined {
    const position = index < 0 ? this.length + Math.trunc(index) : Math.trunc(index);
    return position >= 0 && position < this.length ? this.valueAt(position) : undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let position = 0; position < this.length; position++) yield this.valueAt(position);
  }

  toArray(): T[] {
    return [...this];
  }

  toJSON(): T[] {
    return this.toArray();
  }

  /** Lets `console.log` of Node show the values. */
  [Symbol.for('nodejs.util.inspect.custom')](): T[] {
    return this.toArray();
  }
}
