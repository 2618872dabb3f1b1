/** A pair of indexes; `undefined` where the other side has nothing that fits. */
export type Alignment = readonly [left: number | undefined, right: number | undefined];

/** Beyond that many cells the table costs more than it tells, and pairs are made by position. */
const MOST_CELLS = 4_000_000;

/** Pairs two sequences of labels so that as many equal labels as possible face each other, in order. */
export function align(left: readonly string[], right: readonly string[]): Alignment[] {
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < left.length - head && tail < right.length - head && left.at(-1 - tail) === right.at(-1 - tail))
    tail += 1;
  const middle = alignMiddle(left.slice(head, left.length - tail), right.slice(head, right.length - tail));
  const shift = (index: number | undefined): number | undefined => (index === undefined ? undefined : index + head);
  return [
    ...Array.from({ length: head }, (_, index): Alignment => [index, index]),
    ...middle.map(([l, r]): Alignment => [shift(l), shift(r)]),
    ...Array.from({ length: tail }, (_, index): Alignment => [left.length - tail + index, right.length - tail + index]),
  ];
}

function alignMiddle(left: readonly string[], right: readonly string[]): Alignment[] {
  if (left.length * right.length > MOST_CELLS) return byPosition(left.length, right.length);
  const width = right.length + 1;
  /** Length of the longest common subsequence of what follows each pair of positions. */
  const common = new Uint32Array((left.length + 1) * width);
  for (let l = left.length - 1; l >= 0; l -= 1)
    for (let r = right.length - 1; r >= 0; r -= 1)
      common[l * width + r] =
        left[l] === right[r]
          ? 1 + (common[(l + 1) * width + r + 1] ?? 0)
          : Math.max(common[(l + 1) * width + r] ?? 0, common[l * width + r + 1] ?? 0);
  const pairs: Alignment[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    if (l < left.length && r < right.length && left[l] === right[r]) pairs.push([l++, r++]);
    else if (
      r === right.length ||
      (l < left.length && (common[(l + 1) * width + r] ?? 0) >= (common[l * width + r + 1] ?? 0))
    )
      pairs.push([l++, undefined]);
    else pairs.push([undefined, r++]);
  }
  return pairs;
}

function byPosition(left: number, right: number): Alignment[] {
  return Array.from(
    { length: Math.max(left, right) },
    (_, index): Alignment => [index < left ? index : undefined, index < right ? index : undefined],
  );
}
