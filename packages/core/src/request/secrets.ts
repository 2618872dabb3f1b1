/** What names a secret, as a whole word of a key in snake case. */
const secretWord =
  /(?:^|[^a-z])(?:(?:api|access|private|secret|signing|encryption|auth)_?keys?|tokens?|secrets?|passwords?|passwd|passphrase|authorization|bearer|credentials?|cookie)(?:[^a-z]|$)/;
/** Keys that tell where a secret is, how many tokens there are, and the like. */
const tellsWhere =
  /(?:^|[_.])(?:env_key|env_var|env|store|url|uri|endpoint|file|path|limit|budget|count|type|method|name|instructions)$/;
/** Tables of header name → name of a variable. */
const namesVariables = /(?:^|\.)env_http_headers(?:\.|$)/;
/** What is a secret wherever it stands. */
const secretText =
  /\b(?:sk-[A-Za-z0-9_-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)|(?<=\b(?:Bearer|Basic)\s+)[A-Za-z0-9+/._~-]{6,}=*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** Whether a key such as `model_providers.x.api_key` (or a flag such as `--api-key`) names a secret, not the place of one. */
export function isSecretKey(key: string): boolean {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  return !namesVariables.test(words) && secretWord.test(lastSegment(words)) && !tellsWhere.test(words);
}

function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

export function holdsSecret(text: string): boolean {
  return text.search(secretText) !== -1;
}

/** Replaces what looks like a secret in running text. */
export function maskSecrets(text: string): string {
  return text.replace(secretText, '***');
}
