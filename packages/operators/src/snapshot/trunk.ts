const bits = 4;
const width = 1 << bits;
const mask = width - 1;

/** Inner nodes hold nodes, nodes of the lowest level hold values. */
type Node = readonly unknown[];

/**
 * All values of a persistent list but the last one: a radix tree with its last leaf, the tail, held apart. A list keeps its last value and
 * its length itself. So replacing the last value touches no trunk, and appending writes the one before it to the tail in place: the same
 * trunk serves many versions of a list. Each sees no more of a tail than its own length, and copies a tail that another one has filled
 * further. Replacing another value copies a leaf and the path to it. What a version shows never changes.
 */
export interface Trunk<T> {
  readonly root: Node;
  /** Bits to shift a position by to find the child of the root. */
  readonly shift: number;
  /** Shared with other versions; may hold values beyond the end of this one. Left full until one more value is to go into it. */
  readonly tail: T[];
}

/** For lists with no value or one. It is shared by all, so it is never written to. */
export const emptyTrunk: Trunk<never> = { root: [], shift: bits, tail: [] };

/** The value at a position before that of the last one. `length` is that of the list. */
export function valueIn<T>(trunk: Trunk<T>, length: number, position: number): T {
  return position >= tailStart(length) ? (trunk.tail[position & mask] as T) : valueInTree(trunk, position);
}

function valueInTree<T>({ root, shift }: Trunk<T>, position: number): T {
  let node = root;
  for (let level = shift; level > 0; level -= bits) node = node[(position >> level) & mask] as Node;
  return node[position & mask] as T;
}

/** The trunk of the list with one more value; `last` is its last one up to now. */
export function grownTrunk<T>(trunk: Trunk<T>, length: number, last: T): Trunk<T> {
  const { tail } = trunk;
  const used = length - 1 - tailStart(length);
  if (used === 0 || used === width || tail.length !== used) return copiedTrunk(trunk, length, last, used);
  tail.push(last);
  return trunk;
}

function copiedTrunk<T>({ root, shift, tail }: Trunk<T>, length: number, last: T, used: number): Trunk<T> {
  if (used < width) return { root, shift, tail: tailOf(tail.slice(0, used), last) };
  const lastOfTail = length - 2;
  const isFull = lastOfTail >> bits >= 1 << shift;
  return isFull
    ? { root: [root, path(shift, tail)], shift: shift + bits, tail: tailOf([], last) }
    : { root: grafted(root, shift, lastOfTail, tail), shift, tail: tailOf([], last) };
}

/** Pushed to, as an array that is made to fit would have to be moved for the next value. */
function tailOf<T>(values: T[], last: T): T[] {
  values.push(last);
  return values;
}

/** The trunk of the list with another value at a position before that of the last one. */
export function changedTrunk<T>({ root, shift, tail }: Trunk<T>, length: number, position: number, value: T): Trunk<T> {
  const start = tailStart(length);
  if (position < start) return { root: replaced(root, shift, position, value), shift, tail };
  const copy = tail.slice(0, length - 1 - start);
  copy[position & mask] = value;
  return { root, shift, tail: copy };
}

/** Position of the first value of the tail. */
function tailStart(length: number): number {
  return length < 2 ? 0 : (length - 2) & ~mask;
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
