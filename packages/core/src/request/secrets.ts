/** Words that name a secret, as a whole word of a key such as `http_headers.X-Api-Key`. */
const secretWord =
  /(?:^|[^a-z])(?:(?:api|access|private|secret|signing|encryption|auth)[-_]?keys?|tokens?|secrets?|passwords?|passwd|passphrase|authorization|bearer|credentials?|cookie)(?:[^a-z]|$)/i;
/** Keys that tell where a secret is, how many tokens there are, and the like. */
const tellsWhere =
  /(?:^|[-_.])(?:env_key|env_var|env|store|url|uri|endpoint|file|path|limit|budget|count|type|method|name|instructions)$/i;
/** What is a secret wherever it stands. */
const secretText =
  /\b(?:sk-[A-Za-z0-9_-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)|(?<=\b(?:Bearer|Basic)\s+)[A-Za-z0-9+/._~-]{6,}=*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** Whether a key (its last segment) names a secret itself, not the place of one. */
export function isSecretKey(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return secretWord.test(words) && !tellsWhere.test(words);
}

export function holdsSecret(text: string): boolean {
  return text.search(secretText) !== -1;
}

/** Replaces what looks like a secret in running text. */
export function maskSecrets(text: string): string {
  return text.replace(secretText, '***');
}
