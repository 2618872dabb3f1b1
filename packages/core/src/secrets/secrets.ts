import { isSecretVariable } from './secret-variables.js';

/** What names a secret, as a whole word of a key in snake case. */
const SECRET_WORD =
  /(?:^|[^a-z])(?:(?:api|access|private|secret|signing|encryption|auth)_?keys?|tokens?|secrets?|passwords?|passwd|passphrase|authorization|bearer|credentials?|cookie)(?:[^a-z]|$)/;
/** Keys that tell where a secret is, how many tokens there are, and the like. */
const LOCATION_SUFFIX =
  /(?:^|[_.])(?:env_key|env_var|env|store|url|uri|endpoint|file|path|limit|budget|count|type|method|name|instructions)$/;
/** Tables of header name → name of a variable. */
const VARIABLE_NAME_TABLE = /(?:^|\.)env_http_headers(?:\.|$)/;
/** Tables whose keys are names of variables, headers or parameters. */
const USER_KEY_TABLE = /(?:^|\.)(?:env|set|http_headers|headers|query_params)\.[^.]+$/;
/** What is a secret wherever it stands. */
const SECRET_TEXT =
  /\b(?:sk-[A-Za-z0-9_-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)|(?<=\b(?:Bearer|Basic)\s+)[A-Za-z0-9+/._~-]{6,}=*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)|(?<=[?&](?:api[_-]?key|(?:access[_-]?)?token|key|secret|password|sig(?:nature)?)=)[^\s&#"'$]+/g;

/** Whether a key such as `model_providers.x.api_key` (or a flag such as `--api-key`) names a secret, not the place of one. */
export function isSecretKey(key: string): boolean {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  if (VARIABLE_NAME_TABLE.test(words)) return false;
  if (USER_KEY_TABLE.test(words) && isSecretVariable(lastSegment(words))) return true;
  return SECRET_WORD.test(lastSegment(words)) && !LOCATION_SUFFIX.test(words);
}

function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** What a shell puts in. */
const SHELL_REFERENCE = /^\$\{?\w+\}?$/;

/** Whether a word of a command line gives a secret: `--api-key=…`, `API_KEY=…`, or what follows `--api-key`. */
export function assignsSecret(word: string, before: string | undefined): boolean {
  const assignment = /^([\w-]+)=(.+)$/s.exec(word);
  if (assignment?.[1] !== undefined && assignment[2] !== undefined)
    return !SHELL_REFERENCE.test(assignment[2]) && (isSecretKey(assignment[1]) || isSecretVariable(assignment[1]));
  const isValue =
    before?.startsWith('-') === true && word !== '' && !word.startsWith('-') && !SHELL_REFERENCE.test(word);
  return isValue && isSecretKey(before);
}

export function containsSecret(text: string): boolean {
  return text.search(SECRET_TEXT) !== -1;
}

/** Replaces what looks like a secret in running text. */
export function maskSecrets(text: string): string {
  return text.replace(SECRET_TEXT, '***');
}
