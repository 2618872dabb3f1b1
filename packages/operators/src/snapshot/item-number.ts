/** Where the number is in an id `item_N`. */
const start = 'item_'.length;

/**
 * The N of an id `item_N` as the CLI counts them, else -1. It only has to be the same for the same id, so what comes before the number is
 * not looked at.
 */
export function itemNumber(id: string | undefined): number {
  if (id === undefined || id.length <= start || id.length > start + 9) return -1;
  let number = 0;
  for (let i = start; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
