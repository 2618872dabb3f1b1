import { RequestError } from '../errors/index.js';
import { redactText } from './redact.js';
import { secretForms } from './secret-forms.js';

/** Words of the CLI itself, which a weak password may equal. */
const CLI_WORDS: ReadonlySet<string> = new Set([
  ...['exec', 'resume', 'review', 'sandbox', 'features', 'workspace-write', 'read-only', 'danger-full-access'],
]);

/**
 * Checks that no argument contains the value of a secret variable, because every user of the machine can read
 * arguments.
 *
 * @throws RequestError that names the option or the key, without the secret
 */
export function assertNoSecrets(argv: readonly string[], secrets: readonly string[]): void {
  const forms = secretForms(secrets);
  if (forms.length === 0) return;
  for (const [index, word] of argv.entries()) {
    if (CLI_WORDS.has(word) || !forms.some((form) => containsForm(word, form))) continue;
    throw new RequestError(
      redactText(fieldOf(word, argv[index - 1], index), secrets),
      'contains the value of a secret environment variable, which every user of the machine could read in the list of ' +
        'processes. Name the variable instead (env_key, bearer_token_env_var, env_http_headers).',
    );
  }
}

/** The name of a flag is not a value: `--dangerously-bypass-approvals-and-sandbox`. */
function containsForm(word: string, form: string): boolean {
  if (!word.startsWith('--')) return word.includes(form);
  const at = word.indexOf('=');
  return at !== -1 && word.slice(at + 1).includes(form);
}

function fieldOf(word: string, before: string | undefined, index: number): string {
  const config = before === '-c' ? word : word.startsWith('-c=') ? word.slice(3) : undefined;
  if (config !== undefined) return `config.${config.slice(0, Math.max(0, config.indexOf('=')))}`;
  const flag = word.startsWith('--') ? word.slice(0, word.indexOf('=')) : before;
  return flag?.startsWith('--') === true
    ? flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    : `arguments[${String(index)}]`;
}
