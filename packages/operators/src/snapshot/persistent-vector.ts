import type { Sequence } from './sequence.js';

const bits = 4;
const width = 1 << bits;
const mask = width - 1;

/** Inner nodes hold nodes, nodes of the lowest level hold values. */
type Node = readonly unknown[];

/**
 * A radix tree with its last leaf, the tail, and the last value held apart. Replacing the last value copies nothing, and appending writes
 * the one before it to the tail in place: a version sees no more of a tail than its own length, and copies a tail that another version has
 * filled further. Replacing another value copies a leaf and the path to it. What a version shows never changes.
 */
export class PersistentVector<T> implements Sequence<T> {
  readonly #root: Node;
  /** Bits to shift an index by to find the child of the root. */
  readonly #shift: number;
  /** Shared with other versions; may hold values beyond the end of this one. */
  readonly #tail: T[];
  readonly #last: T | undefined;
  readonly #length: number;

  constructor(root: Node, shift: number, tail: T[], last: T | undefined, length: number) {
    this.#root = root;
    this.#shift = shift;
    this.#tail = tail;
    this.#last = last;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): T | undefined {
    const position = index < 0 ? this.#length + Math.trunc(index) : Math.trunc(index);
    return position >= 0 && position < this.#length ? this.get(position) : undefined;
  }

  /** The value at a position that is known to exist. */
  get(position: number): T {
    if (position === this.#length - 1) return this.#last as T;
    if (position >= this.#tailStart()) return this.#tail[position & mask] as T;
    let node = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= bits) node = node[(position >> shift) & mask] as Node;
    return node[position & mask] as T;
  }

  push(value: T): PersistentVector<T> {
    const length = this.#length + 1;
    if (length === 1) return new PersistentVector(this.#root, this.#shift, [], value, 1);
    const last = this.#last as T;
    const used = this.#tailLength();
    if (used < width) {
      const tail = this.#tail.length === used ? this.#tail : this.#tail.slice(0, used);
      tail.push(last);
      return new PersistentVector(this.#root, this.#shift, tail, value, length);
    }
    const lastOfTail = this.#length - 2;
    const isFull = lastOfTail >> bits >= 1 << this.#shift;
    return isFull
      ? new PersistentVector([this.#root, path(this.#shift, this.#tail)], this.#shift + bits, [last], value, length)
      : new PersistentVector(
          grafted(this.#root, this.#shift, lastOfTail, this.#tail),
          this.#shift,
          [last],
          value,
          length,
        );
  }

  /** Replaces the value at a position that is known to exist. */
  set(position: number, value: T): PersistentVector<T> {
    if (position === this.#length - 1) {
      return new PersistentVector(this.#root, this.#shift, this.#tail, value, this.#length);
    }
    if (position >= this.#tailStart()) {
      const tail = this.#tail.slice(0, this.#tailLength());
      tail[position & mask] = value;
      return new PersistentVector(this.#root, this.#shift, tail, this.#last, this.#length);
    }
    return new PersistentVector(
      replaced(this.#root, this.#shift, position, value),
      this.#shift,
      this.#tail,
      this.#last,
      this.#length,
    );
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let position = 0; position < this.#length; position++) yield this.get(position);
  }

  toArray(): T[] {
    const values: T[] = [];
    for (let position = 0; position < this.#length; position++) values.push(this.get(position));
    return values;
  }

  toJSON(): T[] {
    return this.toArray();
  }

  /** So that `console.log` in Node shows the values. */
  [Symbol.for('nodejs.util.inspect.custom')](): T[] {
    return this.toArray();
  }

  /** Position of the first value of the tail. The tail is left full until one more value is to go into it. */
  #tailStart(): number {
    return this.#length < 2 ? 0 : (this.#length - 2) & ~mask;
  }

  /** How many values of the tail are of this version. */
  #tailLength(): number {
    return this.#length < 2 ? 0 : this.#length - 1 - this.#tailStart();
  }
}

const empty = new PersistentVector<never>([], bits, [], undefined, 0);

export function emptyVector<T>(): PersistentVector<T> {
  return empty;
}

/** A branch of the given height that holds nothing but a leaf. */
function path(shift: number, leaf: Node): Node {
  let node = leaf;
  for (let level = shift; level > 0; level -= bits) node = [node];
  return node;
}

function grafted(node: Node, shift: number, lastPosition: number, leaf: Node): Node {
  const copy = node.slice();
  const slot = (lastPosition >> shift) & mask;
  const child = node[slot] as Node | undefined;
  copy[slot] =
    shift === bits
      ? leaf
      : child === undefined
        ? path(shift - bits, leaf)
        : grafted(child, shift - bits, lastPosition, leaf);
  return copy;
}

function replaced(node: Node, shift: number, position: number, value: unknown): Node {
  const copy = node.slice();
  const slot = (position >> shift) & mask;
  copy[slot] = shift === 0 ? value : replaced(node[slot] as Node, shift - bits, position, value);
  return copy;
}
