/** Whole words, so that neither `KEYBOARD` nor `GIT_AUTHOR_NAME` counts. */
const SECRET_NAME =
  /(^|_)(\w*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?|PASS|PAT|AUTH|AUTHORIZATION|BEARER|COOKIE)$|(^|_)(SECRET|PASSWORD|TOKEN|CREDENTIALS?|API_?KEY)_/i;
/** Names of places, not of secrets. */
const PLACE_NAME = /_(SOCK|SOCKET|FILE|PATH|DIR|FOLDER|URL|URI|NAME|ID|TYPE|LIMIT)$/i;

/** Whether a variable of that name holds a secret. */
export function isSecretVariable(name: string): boolean {
  return SECRET_NAME.test(name) && !PLACE_NAME.test(name);
}
