/**
 * An immutable list. What is held stays as it is: a longer or changed list is another object that shares its unchanged parts.
 * Serialises to a JSON array.
 */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
  /** As `Array.prototype.at`: negative positions count from the end. In effectively constant time. */
  at(index: number): T | undefined;
  toArray(): T[];
  toJSON(): T[];
}
