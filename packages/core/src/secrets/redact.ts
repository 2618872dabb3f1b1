import { isSecretKey, maskSecrets } from './secrets.js';

const PLAIN_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;
const FLAG = /^--?[A-Za-z][A-Za-z0-9-]*$/;

/**
 * A command line to read, and to paste into a POSIX shell: words are quoted where needed. Values that look like secrets, or stand under a
 * key or behind a flag that names one, are `***`.
 */
export function printableCommand(binary: string, argv: readonly string[]): string {
  const words = argv.map((word, index) => redactWord(word, argv[index - 1]));
  return [binary, ...words].map(quote).join(' ');
}

/** Replaces each of the given secrets, and all else that looks like one, by `***`. */
export function redactText(text: string, secrets: Iterable<string> = []): string {
  // The longest first: one secret may be the beginning of another. What is too short would blacken half of the text.
  const known = [...secrets].filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  return maskSecrets(known.reduce((masked, secret) => masked.replaceAll(secret, '***'), text));
}

function redactWord(word: string, before: string | undefined): string {
  if (before !== undefined && FLAG.test(before) && !FLAG.test(word) && isSecretKey(before)) return '***';
  const assignment = /^([^=\s]+)=([^]*)$/.exec(word);
  if (assignment?.[1] !== undefined && assignment[2] !== '' && isSecretKey(assignment[1]))
    return `${assignment[1]}=***`;
  return maskSecrets(maskInline(word));
}

/** `key = "value"` pairs of inline tables. */
function maskInline(word: string): string {
  return word.replace(/("?)([\w.-]+)\1(\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*')/g, (pair, _quote: string, key: string) =>
    isSecretKey(key) ? `${pair.slice(0, pair.search(/=\s*["']/))}= "***"` : pair,
  );
}

function quote(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
