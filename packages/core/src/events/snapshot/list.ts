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

  map<R>(project: (value: T, index: number) => R): R[] {
    return Array.from(this, project);
  }

  filter<S extends T>(predicate: (value: T, index: number) => value is S): S[];
  filter(predicate: (value: T, index: number) => boolean): T[];
  filter(predicate: (value: T, index: number) => boolean): T[] {
    return this.toArray().filter((value, index) => predicate(value, index));
  }

  find<S extends T>(predicate: (value: T, index: number) => value is S): S | undefined;
  find(predicate: (value: T, index: number) => boolean): T | undefined;
  find(predicate: (value: T, index: number) => boolean): T | undefined {
    for (const [index, value] of this.entries()) if (predicate(value, index)) return value;
    return undefined;
  }

  slice(start = 0, end = this.length): T[] {
    const from = this.#toPosition(start);
    return Array.from({ length: Math.max(0, this.#toPosition(end) - from) }, (_, index) => this.valueAt(from + index));
  }

  *entries(): IterableIterator<[index: number, value: T]> {
    for (let position = 0; position < this.length; position++) yield [position, this.valueAt(position)];
  }

  /** Converts an argument of `slice` to a position between 0 and `length`. */
  #toPosition(index: number): number {
    const position = Math.trunc(index) || 0;
    return position < 0 ? Math.max(0, this.length + position) : Math.min(position, this.length);
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
