/**
 * Returns the known name with the smallest edit distance, or a known name that starts with `name`. Returns
 * `undefined` without a close match.
 */
export function closestMatch(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  // Much longer than any known name.
  if (wanted.length > 60) return undefined;
  const near = known
    .map((one) => ({ one, distance: editDistance(wanted, one.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.one;
  return near ?? (wanted.length < 4 ? undefined : known.find((one) => one.toLowerCase().startsWith(wanted)));
}

/** Returns the number of insertions, deletions and substitutions between two words. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const [left = 0, above = 0, across = 0] = [next[column - 1], row[column], row[column - 1]];
      next.push(Math.min(left + 1, above + 1, across + (letter === to[column - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
