const SECRET_ENDING = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?$/;
const SECRET_LAST_WORDS: ReadonlySet<string> = new Set([
  ...['PASS', 'PAT', 'PWD', 'AUTH', 'AUTHORIZATION', 'BEARER', 'COOKIE', 'DSN', 'APIKEY', 'SSHPASS', 'JWT'],
]);
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...['SECRET', 'PASSWORD', 'TOKEN', 'CREDENTIAL', 'CREDENTIALS', 'APIKEY'],
]);
/** Last words of names that mean the encoding of a value. */
const ENCODING = /_(?:PEM|BASE64|B64|HEX)$/;
/** Endings of names that mean a secret although their last word names a location. */
const SECRET_PHRASE = /(?:^|_)(?:SECRET_ID|AUTH_CONFIG|CONNECTION_STRING|(?:WEBHOOK|CONNECTION)_UR[LI])$/;
/** Last words of names that mean the location, the kind or the amount of secrets. */
const LOCATION_WORDS: ReadonlySet<string> = new Set([
  ...['SOCK', 'SOCKET', 'FILE', 'PATH', 'DIR', 'FOLDER', 'URL', 'URI', 'NAME', 'ID', 'TYPE', 'LIMIT'],
]);
/** Longer names are read from their end only. */
const MAX_NAME_CHARACTERS = 256;

/** Returns whether an environment variable of this name contains a secret. */
export function isSecretVariable(name: string): boolean {
  const upper = name.slice(-MAX_NAME_CHARACTERS).toUpperCase().replace(ENCODING, '');
  if (SECRET_PHRASE.test(upper)) return true;
  const words = upper.split('_');
  const last = words.at(-1) ?? '';
  if (words.length > 1 && LOCATION_WORDS.has(last)) return false;
  // PWD and OLDPWD are working directories.
  if (last === 'PWD' && words.length === 1) return false;
  return (
    SECRET_ENDING.test(last) ||
    SECRET_LAST_WORDS.has(last) ||
    words.slice(0, -1).some((word, index) => SECRET_WORDS.has(word) || (word === 'API' && words[index + 1] === 'KEY'))
  );
}

/** A whole word of a key in snake case that means a secret. */
const SECRET_WORD =
  /(?:^|[^a-z])(?:(?:api|access|private|secret|signing|encryption|auth)_?keys?|tokens?|secrets?|passwords?|passwd|passphrase|authorization|bearer|credentials?|cookie)(?:[^a-z]|$)/;
/** Endings of keys that mean the location of a secret, the number of tokens, and the like. */
const LOCATION_SUFFIX =
  /(?:^|[_.])(?:env_key|env_var|env|store|url|uri|endpoint|file|path|limit|budget|count|type|method|name|instructions)$/;
/** Tables of header name → name of a variable. */
const VARIABLE_NAME_TABLE = /(?:^|\.)env_http_headers(?:\.|$)/;
/** Tables whose keys are names of variables, headers or parameters. */
const USER_KEY_TABLE = /(?:^|\.)(?:env|set|http_headers|headers|query_params)$/;

/** Returns whether a key such as `model_providers.x.api_key`, or a flag such as `--api-key`, means a secret. */
export function isSecretKey(key: string): boolean {
  const words = key
    .slice(-MAX_NAME_CHARACTERS)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  if (VARIABLE_NAME_TABLE.test(words)) return false;
  const dot = words.lastIndexOf('.');
  const last = words.slice(dot + 1);
  if (USER_KEY_TABLE.test(words.slice(0, Math.max(0, dot))) && isSecretVariable(last)) return true;
  return SECRET_WORD.test(last) && !LOCATION_SUFFIX.test(words);
}

/** A variable that the shell expands. */
const SHELL_REFERENCE = /^\$(?:\w+|\{\w+\})$/;

/** Returns whether an argument is a secret by its name: `--api-key=…`, `API_KEY=…`, or the word after `--api-key`. */
export function assignsSecret(word: string, before: string | undefined): boolean {
  const at = word.indexOf('=');
  if (at > 0 && at < word.length - 1 && /^[\w.-]+$/.test(word.slice(0, at))) {
    const name = word.slice(0, at);
    return !SHELL_REFERENCE.test(word.slice(at + 1)) && (isSecretKey(name) || isSecretVariable(name));
  }
  const isValue =
    before?.startsWith('-') === true && word !== '' && !word.startsWith('-') && !SHELL_REFERENCE.test(word);
  return isValue && isSecretKey(before);
}
