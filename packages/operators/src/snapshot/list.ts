import type { Sequence } from './sequence.js';

/** What a list shows, told by its length and by its values one by one. */
export abstract class List<T> implements Sequence<T> {
  abstract readonly length: number;

  /** The value at a position that is known to exist. */
  abstract valueAt(position: number): T;

  at(index: number): T | undefined {
    const position = positionAt(index, this.length);
    return position < 0 ? undefined : this.valueAt(position);
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

  /** So that `console.log` in Node shows the values. */
  [Symbol.for('nodejs.util.inspect.custom')](): T[] {
    return this.toArray();
  }
}

/**
 * Gives a class the methods of `List`, as if it extended it. For lists that are made for each event: the constructors of classes that extend
 * another one would add 2 % to decoding an event and reducing it.
 */
export function listed(list: { readonly prototype: Pick<List<unknown>, 'length' | 'valueAt'> }): void {
  Object.setPrototypeOf(list.prototype, List.prototype);
}

/** The position that an index as that of `Array.prototype.at` means; -1 if there is none. */
export function positionAt(index: number, length: number): number {
  const position = index < 0 ? length + Math.trunc(index) : Math.trunc(index);
  return position >= 0 && position < length ? position : -1;
}
