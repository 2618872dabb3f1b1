import { RequestError } from '../errors/index.js';

/**
 * Settings are arguments, which every user of the machine can read: none may hold the value of a secret variable, whatever its key is
 * called. (Keys that are called like a secret are refused before, with any value.)
 *
 * @throws RequestError that names the key
 */
export function assertNoSecrets(argv: readonly string[], secrets: readonly string[]): void {
  for (const [index, word] of argv.entries()) {
    if (argv[index - 1] !== '-c' || !secrets.some((secret) => word.includes(secret))) continue;
    throw new RequestError(
      `config.${word.slice(0, word.indexOf('='))}`,
      'holds the value of a secret environment variable, and would be visible in the list of processes. Name the variable instead (env_key, bearer_token_env_var, env_http_headers).',
    );
  }
}
