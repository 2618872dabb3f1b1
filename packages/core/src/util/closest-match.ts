/** The known name that was probably meant: the one with the fewest slips, or one that the name abbreviates; `undefined` if none is near. */
export function closestMatch(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  // What is much longer than any name is no slip, and not worth comparing.
  if (wanted.length > 60) return undefined;
  const near = known
    .map((one) => ({ one, slips: editDistance(wanted, one.toLowerCase()) }))
    .filter(({ slips }) => slips <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.slips - b.slips)[0]?.one;
  return near ?? (wanted.length < 4 ? undefined : known.find((one) => one.toLowerCase().startsWith(wanted)));
}

/** How many characters have to be inserted, removed or replaced to get from one word to the other. */
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
