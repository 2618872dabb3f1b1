/** What the ids of the CLI's items begin with, as character codes: `startsWith` costs more than all the rest. */
const prefix = Array.from('item_', (char) => char.charCodeAt(0));

/** The N of an id `item_N` as the CLI counts them, else -1. */
export function itemNumber(id: string | undefined): number {
  if (id === undefined || id.length <= prefix.length || id.length > prefix.length + 9) return -1;
  for (let i = 0; i < prefix.length; i++) if (id.charCodeAt(i) !== prefix[i]) return -1;
  let number = 0;
  for (let i = prefix.length; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
