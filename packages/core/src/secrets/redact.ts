import { secretForms } from './secret-forms.js';
import { isSecretKey } from './secret-names.js';
import { maskSecretText } from './secret-text.js';

const MASK = '***';
const PLAIN_WORD = /^[\w@%+=:,./-]+$/;
const FLAG = /^--?[A-Za-z][A-Za-z0-9-]*$/;
/** The mark of bounded text, at which a secret may have been cut. */
const OMISSION = /\n… (?:\d+ bytes )?[a-z ]+ …\n/;
/** Shorter fragments of a secret at a cut are not masked. */
const MIN_FRAGMENT_CHARACTERS = 3;
const MAX_KEY_CHARACTERS = 128;
const MAX_SPACES = 16;
const KEY_CHARACTER = /[\w.-]/;

/** Replaces each of the secrets, in all of its forms, and everything else that looks like a secret by `***`. */
export function redactText(text: string, secrets: Iterable<string> = []): string {
  const forms = secretForms(secrets);
  const masked = forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
  return maskSecretText(forms.length === 0 ? masked : maskFragments(masked, forms));
}

/**
 * Returns a command line that can be pasted into a POSIX shell. Secrets, and values of keys and flags that mean a
 * secret, are `***`.
 */
export function printableCommand(binary: string, argv: readonly string[], secrets: Iterable<string> = []): string {
  const known = [...secrets];
  const words = argv.map((word, index) => redactText(redactWord(word, argv[index - 1]), known));
  return [redactText(binary, known), ...words].map(quote).join(' ');
}

/** Bounded text may end or start within a secret. */
function maskFragments(text: string, forms: readonly string[]): string {
  const cut = OMISSION.exec(text);
  if (cut === null) return text;
  const head = text.slice(0, cut.index);
  const tail = text.slice(cut.index + cut[0].length);
  const before = longestFragment(forms, (form, length) => head.endsWith(form.slice(0, length)));
  const after = longestFragment(forms, (form, length) => tail.startsWith(form.slice(-length)));
  const first = before === 0 ? head : `${head.slice(0, -before)}${MASK}`;
  return `${first}${cut[0]}${after === 0 ? tail : `${MASK}${tail.slice(after)}`}`;
}

function longestFragment(forms: readonly string[], matches: (form: string, length: number) => boolean): number {
  let longest = 0;
  for (const form of forms) {
    for (let length = form.length - 1; length >= MIN_FRAGMENT_CHARACTERS && length > longest; length -= 1) {
      if (matches(form, length)) longest = length;
    }
  }
  return longest;
}

function redactWord(word: string, before: string | undefined): string {
  if (before !== undefined && FLAG.test(before) && !FLAG.test(word) && isSecretKey(before)) return MASK;
  const at = word.indexOf('=');
  const name = word.slice(0, Math.max(0, at));
  if (at > 0 && at < word.length - 1 && !/\s/.test(name) && isSecretKey(name)) return `${name}=${MASK}`;
  return maskInlineTables(word);
}

/** Masks the values of `key = "value"` pairs whose key means a secret, in one pass from `=` to `=`. */
function maskInlineTables(word: string): string {
  let result = '';
  let done = 0;
  const unterminated = new Set<string>();
  for (let at = word.indexOf('='); at !== -1; at = word.indexOf('=', Math.max(at + 1, done))) {
    const start = skipSpaces(word, at + 1);
    const mark = word[start] ?? '';
    if ((mark !== '"' && mark !== "'") || unterminated.has(mark)) continue;
    const end = endOfString(word, start, mark);
    if (end === -1) {
      unterminated.add(mark);
      continue;
    }
    const key = keyBefore(word, at);
    if (key !== '' && isSecretKey(key)) {
      result += `${word.slice(done, at)}= "${MASK}"`;
      done = end;
    } else {
      result += word.slice(done, end);
      done = end;
    }
  }
  return result + word.slice(done);
}

function skipSpaces(word: string, from: number): number {
  let at = from;
  while (at < from + MAX_SPACES && (word[at] === ' ' || word[at] === '\t')) at += 1;
  return at;
}

/** Returns the index after the closing quotation mark, or -1. */
function endOfString(word: string, start: number, mark: string): number {
  for (let at = start + 1; at < word.length; at += 1) {
    if (word[at] === mark) return at + 1;
    if (mark === '"' && word[at] === '\\') at += 1;
  }
  return -1;
}

function keyBefore(word: string, at: number): string {
  let end = at;
  while (end > at - MAX_SPACES && (word[end - 1] === ' ' || word[end - 1] === '\t')) end -= 1;
  if (word[end - 1] === '"' || word[end - 1] === "'") end -= 1;
  let start = end;
  while (start > end - MAX_KEY_CHARACTERS && KEY_CHARACTER.test(word[start - 1] ?? '')) start -= 1;
  return word.slice(start, end);
}

function quote(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
