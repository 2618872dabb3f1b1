/** Default timeout of a login for which a person has to act; a device code is valid for as long. */
export const LOGIN_TIMEOUT_MS = 15 * 60_000;
