import { List } from './list.js';

const BITS = 4;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** Inner nodes contain nodes. Nodes of the lowest level contain values. */
type Node = readonly unknown[];

/**
 * An immutable list that shares its unchanged parts with the lists it was derived from.
 *
 * A radix tree whose last leaf, the tail, is stored apart: the cost of `push` and `set` does not grow with the length
 * (`npm run bench:snapshots`). `push` writes to the tail in place, so that many versions share one array. Each version
 * reads no further than its own length, and copies a tail that another version has already extended.
 */
export class PersistentVector<T> extends List<T> {
  readonly #root: Node;
  /** Number of bits to shift a position by to get the child of the root. */
  readonly #shift: number;
  /** May contain values beyond the end of this version. Stays full until the next `push`. */
  readonly #tail: T[];
  readonly #length: number;

  constructor(root: Node, shift: number, tail: T[], length: number) {
    super();
    this.#root = root;
    this.#shift = shift;
    this.#tail = tail;
    this.#length = length;
  }

  override get length(): number {
    return this.#length;
  }

  /** Returns the value at a position between 0 and `length - 1`. */
  get(position: number): T {
    if (position >= tailStart(this.#length)) return this.#tail[position & MASK] as T;
    let node = this.#root;
    for (let level = this.#shift; level > 0; level -= BITS) node = node[(position >> level) & MASK] as Node;
    return node[position & MASK] as T;
  }

  protected override valueAt(position: number): T {
    return this.get(position);
  }

  push(value: T): PersistentVector<T> {
    const length = this.#length;
    const tail = this.#tail;
    const used = length - tailStart(length);
    if (used === WIDTH) {
      const root = this.#root;
      const shift = this.#shift;
      return (length - 1) >> BITS >= 1 << shift
        ? new PersistentVector([root, pathTo(shift, tail)], shift + BITS, [value], length + 1)
        : new PersistentVector(withLeaf(root, shift, length - 1, tail), shift, [value], length + 1);
    }
    // All empty lists share one tail, which must stay empty.
    if (used === 0) return new PersistentVector(this.#root, this.#shift, [value], 1);
    const own = tail.length === used ? tail : tail.slice(0, used);
    own.push(value);
    return new PersistentVector(this.#root, this.#shift, own, length + 1);
  }

  /** Returns the positions at which the values are not those of `before`. Skips the parts that both lists share. */
  changedPositions(before: PersistentVector<T>): number[] {
    const positions: number[] = [];
    const start = tailStart(this.#length);
    if (start > 0) {
      // A root that grew since then has the root of before as its first child.
      let old: Node | undefined = before.#root;
      for (let level = before.#shift; level < this.#shift; level += BITS) old = [old];
      collectChanges(this.#root, old, this.#shift, 0, positions);
    }
    for (let position = start; position < this.#length; position++) positions.push(position);
    return positions.filter((position) => position >= before.#length || before.get(position) !== this.get(position));
  }

  /** Replaces the value at a position between 0 and `length - 1`. */
  set(position: number, value: T): PersistentVector<T> {
    const length = this.#length;
    const start = tailStart(length);
    if (position < start) {
      return new PersistentVector(withValue(this.#root, this.#shift, position, value), this.#shift, this.#tail, length);
    }
    const tail = this.#tail.slice(0, length - start);
    tail[position & MASK] = value;
    return new PersistentVector(this.#root, this.#shift, tail, length);
  }
}

const EMPTY = /* @__PURE__ */ new PersistentVector<never>([], BITS, [], 0);

export function emptyVector<T>(): PersistentVector<T> {
  return EMPTY;
}

/** Returns the position of the first value of the tail. */
function tailStart(length: number): number {
  return length === 0 ? 0 : (length - 1) & ~MASK;
}

/** Adds the positions of all values below `node` that are in parts which `old` does not have. */
function collectChanges(node: Node, old: Node | undefined, height: number, first: number, positions: number[]): void {
  if (node === old) return;
  for (const [slot, child] of node.entries()) {
    const position = first + (slot << height);
    if (height > 0) collectChanges(child as Node, old?.[slot] as Node | undefined, height - BITS, position, positions);
    else if (child !== old?.[slot]) positions.push(position);
  }
}

/** Returns a branch of the given height that contains a single leaf. */
function pathTo(height: number, leaf: Node): Node {
  let node = leaf;
  for (let level = height; level > 0; level -= BITS) node = [node];
  return node;
}

function withLeaf(node: Node, height: number, lastPosition: number, leaf: Node): Node {
  const copy = node.slice();
  const slot = (lastPosition >> height) & MASK;
  const child = node[slot] as Node | undefined;
  copy[slot] =
    height === BITS
      ? leaf
      : child === undefined
        ? pathTo(height - BITS, leaf)
        : withLeaf(child, height - BITS, lastPosition, leaf);
  return copy;
}

function withValue(node: Node, height: number, position: number, value: unknown): Node {
  const copy = node.slice();
  const slot = (position >> height) & MASK;
  copy[slot] = height === 0 ? value : withValue(node[slot] as Node, height - BITS, position, value);
  return copy;
}
