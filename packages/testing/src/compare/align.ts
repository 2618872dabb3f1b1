/** A pair of indexes; `undefined` for a missing partner. */
export type Alignment = readonly [left: number | undefined, right: number | undefined];

/** Larger sequences are paired by position, because the table would need too much memory. */
const MAX_TABLE_CELLS = 4_000_000;

/** Returns whether an element of the left sequence matches one of the right sequence, by index. */
export type MatchPredicate = (left: number, right: number) => boolean;

/** Pairs the elements of two sequences in order, with the maximum number of matches (longest common subsequence). */
export function align(left: number, right: number, isMatch: MatchPredicate): Alignment[] {
  let head = 0;
  while (head < left && head < right && isMatch(head, head)) head += 1;
  let tail = 0;
  while (tail < left - head && tail < right - head && isMatch(left - 1 - tail, right - 1 - tail)) tail += 1;
  const middle = alignMiddle(left - head - tail, right - head - tail, (l, r) => isMatch(l + head, r + head));
  const shift = (index: number | undefined): number | undefined => (index === undefined ? undefined : index + head);
  return [
    ...Array.from({ length: head }, (_, index): Alignment => [index, index]),
    ...middle.map(([l, r]): Alignment => [shift(l), shift(r)]),
    ...Array.from({ length: tail }, (_, index): Alignment => [left - tail + index, right - tail + index]),
  ];
}

function alignMiddle(left: number, right: number, isMatch: MatchPredicate): Alignment[] {
  if (left * right > MAX_TABLE_CELLS) return byPosition(left, right);
  const width = right + 1;
  /** Maximum number of matches from each pair of positions on. */
  const common = new Uint32Array((left + 1) * width);
  const commonAt = (l: number, r: number): number => common[l * width + r] ?? 0;
  for (let l = left - 1; l >= 0; l -= 1)
    for (let r = right - 1; r >= 0; r -= 1)
      common[l * width + r] = isMatch(l, r)
        ? 1 + commonAt(l + 1, r + 1)
        : Math.max(commonAt(l + 1, r), commonAt(l, r + 1));
  const pairs: Alignment[] = [];
  let [l, r] = [0, 0];
  while (l < left || r < right) {
    if (l < left && r < right && isMatch(l, r)) pairs.push([l++, r++]);
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
