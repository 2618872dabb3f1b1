/**
 * Joins words to a shell line in the form in which the CLI shows commands: splits a word into the longest parts that
 * one kind of quoting can express, and uses the first that fits of none, single and double quotes.
 */
export function joinWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

interface Quoting {
  readonly fits: (character: string) => boolean;
  readonly write: (text: string) => string;
}

/** In order of preference. `^` is safe at the start of single quotes only, where the caller lets it pass. */
const quotings: readonly Quoting[] = [
  { fits: (character) => /[-+./:@\]_0-9A-Za-z]/.test(character), write: (text) => text },
  { fits: (character) => !/['^\\]/.test(character), write: (text) => `'${text}'` },
  {
    fits: (character) => !/[`$!^]/.test(character),
    write: (text) => `"${text.replace(/["\\]/g, '\\$&')}"`,
  },
];
const single = quotings.slice(1, 2);

function quoteWord(word: string): string {
  if (word === '') return "''";
  const characters = Array.from(word);
  let line = '';
  for (let start = 0; start < characters.length; ) {
    let fitting = characters[start] === '^' ? single : quotings;
    let end = characters[start] === '^' ? start + 1 : start;
    for (; end < characters.length; end += 1) {
      const character = characters[end] ?? '';
      const narrower = fitting.filter(({ fits }) => fits(character));
      if (narrower.length === 0) break;
      fitting = narrower;
    }
    line += fitting[0]?.write(characters.slice(start, end).join('')) ?? '';
    start = end;
  }
  return line;
}
