import { RequestError } from '../errors/index.js';

/**
 * Checks that no setting contains the value of a secret variable, because every user of the machine can read arguments.
 *
 * @throws RequestError that names the key
 */
export function assertNoSecrets(argv: readonly string[], secrets: readonly string[]): void {
  for (const [index, word] of argv.entries()) {
    if (argv[index - 1] !== '-c' || !secrets.some((secret) => word.includes(secret))) continue;
    throw new RequestError(
      `config.${word.slice(0, word.indexOf('='))}`,
      'contains the value of a secret environment variable, which every user of the machine could read in the list of ' +
        'processes. Name the variable instead (env_key, bearer_token_env_var, env_http_headers).',
    );
  }
}
