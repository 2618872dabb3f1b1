import { type List, listed } from './list.js';
import type { Sequence } from './sequence.js';

const bits = 4;
const width = 1 << bits;
const mask = width - 1;

/** Inner nodes hold nodes, nodes of the lowest level hold values. */
type Node = readonly unknown[];

/**
 * An immutable list that shares what did not change with the lists that it came from: a radix tree with its last leaf, the tail, held apart.
 * Appending writes to the tail in place, so many versions share one. Each sees no more of it than its own length, and copies a tail that
 * another one has filled further. Replacing a value copies a leaf and the path to it. What a version shows never changes.
 */
export class PersistentVector<T> implements Sequence<T> {
  declare readonly at: List<T>['at'];
  declare readonly toArray: List<T>['toArray'];
  declare readonly toJSON: List<T>['toJSON'];
  declare readonly [Symbol.iterator]: List<T>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #root: Node;
  /** Bits to shift a position by to find the child of the root. */
  readonly #shift: number;
  /** May hold values beyond the end of this version. Left full until one more value is to go into it. */
  readonly #tail: T[];
  readonly #length: number;

  constructor(root: Node, shift: number, tail: T[], length: number) {
    this.#root = root;
    this.#shift = shift;
    this.#tail = tail;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** The value at a position that is known to exist. */
  get(position: number): T {
    if (position >= tailStart(this.#length)) return this.#tail[position & mask] as T;
    let node = this.#root;
    for (let level = this.#shift; level > 0; level -= bits) node = node[(position >> level) & mask] as Node;
    return node[position & mask] as T;
  }

  valueAt(position: number): T {
    return this.get(position);
  }

  push(value: T): PersistentVector<T> {
    const length = this.#length;
    const values = this.#tail;
    const used = length - tailStart(length);
    if (used === width) {
      const root = this.#root;
      const shift = this.#shift;
      return (length - 1) >> bits >= 1 << shift
        ? new PersistentVector([root, path(shift, values)], shift + bits, [value], length + 1)
        : new PersistentVector(grafted(root, shift, length - 1, values), shift, [value], length + 1);
    }
    // The tail of the list without values is shared by all, so it is never written to.
    if (used === 0) return new PersistentVector(this.#root, this.#shift, [value], 1);
    const own = values.length === used ? values : values.slice(0, used);
    own.push(value);
    return new PersistentVector(this.#root, this.#shift, own, length + 1);
  }

  /** Replaces the value at a position that is known to exist. */
  set(position: number, value: T): PersistentVector<T> {
    const length = this.#length;
    const start = tailStart(length);
    if (position < start) {
      return new PersistentVector(replaced(this.#root, this.#shift, position, value), this.#shift, this.#tail, length);
    }
    const values = this.#tail.slice(0, length - start);
    values[position & mask] = value;
    return new PersistentVector(this.#root, this.#shift, values, length);
  }
}

const empty = /* @__PURE__ */ new PersistentVector<never>([], bits, [], 0);

export function emptyVector<T>(): PersistentVector<T> {
  return empty;
}

/** Position of the first value of the tail. */
function tailStart(length: number): number {
  return length === 0 ? 0 : (length - 1) & ~mask;
}

/** A branch of the given height that holds nothing but a leaf. */
function path(height: number, leaf: Node): Node {
  let node = leaf;
  for (let level = height; level > 0; level -= bits) node = [node];
  return node;
}

function grafted(node: Node, height: number, lastPosition: number, leaf: Node): Node {
  const copy = node.slice();
  const slot = (lastPosition >> height) & mask;
  const child = node[slot] as Node | undefined;
  copy[slot] =
    height === bits
      ? leaf
      : child === undefined
        ? path(height - bits, leaf)
        : grafted(child, height - bits, lastPosition, leaf);
  return copy;
}

function replaced(node: Node, height: number, position: number, value: unknown): Node {
  const copy = node.slice();
  const slot = (position >> height) & mask;
  copy[slot] = height === 0 ? value : replaced(node[slot] as Node, height - bits, position, value);
  return copy;
}
