const MASK = '***';

/** Tokens of well-known services. Each alternative fails after a bounded number of characters. */
const SERVICE_TOKEN =
  /\b(?:sk-[\w-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16})/g;
/** A JSON Web Token, if it has three segments. The pattern never fails after a long match, so that it stays linear. */
const POSSIBLE_JWT = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;
const AUTHORIZATION = /(\b(?:Bearer|Basic)\s+)[\w+/.~-]{6,}=*/g;
const URL_PASSWORD = /(:\/\/[^\s/:@]*:)[^\s/@]+@/g;
const URL_PARAMETER = /([?&](?:api[_-]?key|(?:access[_-]?)?token|key|secret|password|sig(?:nature)?)=)[^\s&#"'$]+/g;

const maskJwt = (match: string): string => {
  const [, payload, signature] = match.split('.');
  return signature !== undefined && (payload?.length ?? 0) >= 8 ? MASK : match;
};

/** Replaces texts that look like a secret by `***`, in linear time. */
export function maskSecretText(text: string): string {
  return text
    .replace(SERVICE_TOKEN, MASK)
    .replace(POSSIBLE_JWT, maskJwt)
    .replace(AUTHORIZATION, `$1${MASK}`)
    .replace(URL_PASSWORD, `$1${MASK}@`)
    .replace(URL_PARAMETER, `$1${MASK}`);
}

/** Returns whether a text contains something that looks like a secret. */
export function containsSecretText(text: string): boolean {
  return maskSecretText(text) !== text;
}

/** Returns the passwords of the URLs in a text. */
export function urlPasswords(text: string): string[] {
  return Array.from(text.matchAll(URL_PASSWORD), ([match, before = '']) => match.slice(before.length, -1));
}
