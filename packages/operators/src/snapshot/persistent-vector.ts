import type { Sequence } from './sequence.js';

const bits = 4;
const width = 1 << bits;
const mask = width - 1;

/** Inner nodes hold nodes, nodes of the lowest level hold values. */
type Node = readonly unknown[];

/**
 * A radix tree of 32 values a leaf, with the last leaf held apart: appending, and replacing one of the last values, copies at most 32
 * references whatever the length is. Older vectors are never written to.
 */
export class PersistentVector<T> implements Sequence<T> {
  readonly #root: Node;
  /** Bits to shift an index by to find the child of the root. */
  readonly #shift: number;
  readonly #tail: readonly T[];
  readonly #length: number;

  constructor(root: Node, shift: number, tail: readonly T[], length: number) {
    this.#root = root;
    this.#shift = shift;
    this.#tail = tail;
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
    return this.#leafOf(position)[position & mask] as T;
  }

  push(value: T): PersistentVector<T> {
    if (this.#tail.length < width) {
      return new PersistentVector(this.#root, this.#shift, [...this.#tail, value], this.#length + 1);
    }
    const full = (this.#length - 1) >> bits >= 1 << this.#shift;
    return full
      ? new PersistentVector([this.#root, path(this.#shift, this.#tail)], this.#shift + bits, [value], this.#length + 1)
      : new PersistentVector(this.#withTail(), this.#shift, [value], this.#length + 1);
  }

  /** Replaces the value at a position that is known to exist. */
  set(position: number, value: T): PersistentVector<T> {
    if (position >= this.#tailStart()) {
      const tail = this.#tail.slice();
      tail[position & mask] = value;
      return new PersistentVector(this.#root, this.#shift, tail, this.#length);
    }
    return new PersistentVector(
      replaced(this.#root, this.#shift, position, value),
      this.#shift,
      this.#tail,
      this.#length,
    );
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let start = 0; start < this.#length; start += width) yield* this.#leafOf(start);
  }

  toArray(): T[] {
    const values: T[] = [];
    for (let start = 0; start < this.#length; start += width) values.push(...this.#leafOf(start));
    return values;
  }

  toJSON(): T[] {
    return this.toArray();
  }

  /** So that `console.log` in Node shows the values. */
  [Symbol.for('nodejs.util.inspect.custom')](): T[] {
    return this.toArray();
  }

  #tailStart(): number {
    return this.#length - this.#tail.length;
  }

  #leafOf(position: number): readonly T[] {
    if (position >= this.#tailStart()) return this.#tail;
    let node = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= bits) node = node[(position >> shift) & mask] as Node;
    return node as readonly T[];
  }

  /** The tree with the full tail as its last leaf. */
  #withTail(): Node {
    return grafted(this.#root, this.#shift, this.#length - 1, this.#tail);
  }
}

const empty = new PersistentVector<never>([], bits, [], 0);

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
