/** A pair of indexes; `undefined` where the other side has nothing that fits. */
export type Alignment = readonly [left: number | undefined, right: number | undefined];

/** Beyond that many cells the table costs more than it tells, and pairs are made by position. */
const MAX_TABLE_CELLS = 4_000_000;

/** Whether an element of the left sequence goes with one of the right, by index. */
export type MatchPredicate = (left: number, right: number) => boolean;

/** Pairs two sequences, in order, so that as many elements as possible face one that they go with. */
export function align(left: number, right: number, fits: MatchPredicate): Alignment[] {
  let head = 0;
  while (head < left && head < right && fits(head, head)) head += 1;
  let tail = 0;
  while (tail < left - head && tail < right - head && fits(left - 1 - tail, right - 1 - tail)) tail += 1;
  const middle = alignMiddle(left - head - tail, right - head - tail, (l, r) => fits(l + head, r + head));
  const shift = (index: number | undefined): number | undefined => (index === undefined ? undefined : index + head);
  return [
    ...Array.from({ length: head }, (_, index): Alignment => [index, index]),
    ...middle.map(([l, r]): Alignment => [shift(l), shift(r)]),
    ...Array.from({ length: tail }, (_, index): Alignment => [left - tail + index, right - tail + index]),
  ];
}

function alignMiddle(left: number, right: number, fits: MatchPredicate): Alignment[] {
  if (left * right > MAX_TABLE_CELLS) return byPosition(left, right);
  const width = right + 1;
  /** How many pairs what follows each pair of positions can have. */
  const common = new Uint32Array((left + 1) * width);
  const commonAt = (l: number, r: number): number => common[l * width + r] ?? 0;
  for (let l = left - 1; l >= 0; l -= 1)
    for (let r = right - 1; r >= 0; r -= 1)
      common[l * width + r] = fits(l, r)
        ? 1 + commonAt(l + 1, r + 1)
        : Math.max(commonAt(l + 1, r), commonAt(l, r + 1));
  const pairs: Alignment[] = [];
  let [l, r] = [0, 0];
  while (l < left || r < right) {
    if (l < left && r < right && fits(l, r)) pairs.push([l++, r++]);
    else if (r === right || (l < left && commonAt(l + 1, r) >= commonAt(l, r + 1))) pairs.push([l++, undefined]);
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
