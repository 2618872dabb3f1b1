import { RequestError } from '../errors/index.js';
import { isSecretKey } from '../secrets/secret-names.js';
import { containsSecretText } from '../secrets/secret-text.js';
import { checkArgument } from './checks.js';

/** The flags that options set, and what to use instead. */
const OWNED_FLAGS: ReadonlyMap<string, string> = new Map([
  ['--config', '"config"'],
  ['--enable', '"enable"'],
  ['--disable', '"disable"'],
  ['--remote', '"remote"'],
  ['--remote-auth-token-env', '"remoteAuthTokenEnv"'],
  ['--strict-config', '"strictConfig"'],
  ['--image', '"images"'],
  ['--model', '"model"'],
  ['--oss', '"oss"'],
  ['--local-provider', '"localProvider"'],
  ['--profile', '"profile"'],
  ['--profile-v2', '"profile"'],
  ['--sandbox', '"sandbox"'],
  ['--ask-for-approval', '"approvalPolicy"'],
  ['--approve-for-me', '"approveForMe"'],
  ['--full-auto', '"safety"'],
  ['--yolo', '"safety"'],
  ['--dangerously-bypass-approvals-and-sandbox', '"safety"'],
  ['--cd', '"workingDirectory"'],
  ['--worktree', '"worktree"'],
  ['--add-dir', '"addDirs"'],
  ['--search', '"search"'],
  ['--thread-source', '"threadSource"'],
  ['--cyber-access-program', '"cyberAccessProgram"'],
  ['--skip-git-repo-check', '"skipGitRepoCheck"'],
  ['--trust', '"trust"'],
  ['--ephemeral', '"ephemeral"'],
  ['--ignore-user-config', '"ignoreUserConfig"'],
  ['--ignore-rules', '"ignoreRules"'],
  ['--output-schema', '"outputSchema"'],
  ['--output-last-message', '"outputLastMessage"'],
  ['--color', '"color"'],
  ['--last', '"session"'],
  ['--all', '"session"'],
  ['--uncommitted', '"target"'],
  ['--base', '"target"'],
  ['--commit', '"target"'],
  ['--title', '"target"'],
  ['--json', 'exec$, which always sets it'],
  ['--experimental-json', 'exec$, which sets --json'],
  ['--help', 'execHelp$'],
  ['--version', 'version$'],
]);

/**
 * Checks a flag that has no option. A value must be part of the word: a word of its own could be taken for the prompt,
 * a subcommand or a session.
 *
 * @throws RequestError
 */
export function checkExtraArg(field: string, word: unknown): void {
  checkArgument(field, word);
  const [, flag, value] = /^(--[A-Za-z][A-Za-z0-9-]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (flag === undefined)
    throw new RequestError(field, 'must have the form --flag or --flag=value, with the long name of the flag.');
  const option = OWNED_FLAGS.get(flag.toLowerCase());
  if (option !== undefined) throw new RequestError(field, `must not be ${flag}. Use ${option}.`);
  if (value !== undefined && value !== '' && (isSecretKey(flag) || containsSecretText(value)))
    throw new RequestError(
      field,
      'looks like a secret, which every user of the machine could read in the command line. Move it to "env".',
    );
}
