/** No text of a run has this depth, only the values of tools. */
const MAX_DEPTH = 32;
const TOO_DEEP = '[… deeper values left out …]';

/**
 * Returns a copy of a value in which every text, names of properties included, went through `take`. Leaves out what is
 * deeper than 32 levels.
 */
export function mapTexts<T>(value: T, take: (text: string) => string): T {
  const map = (one: unknown, depth: number): unknown => {
    if (typeof one === 'string') return take(one);
    if (typeof one !== 'object' || one === null) return one;
    if (depth === MAX_DEPTH) return TOO_DEEP;
    if (Array.isArray(one)) return one.map((entry) => map(entry, depth + 1));
    return Object.fromEntries(Object.entries(one).map(([name, entry]) => [take(name), map(entry, depth + 1)]));
  };
  return map(value, 0) as T;
}
