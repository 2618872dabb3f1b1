/**
 * A small model of the CLI's argument parser for the words after `codex`. Throws for unknown flags.
 */
export interface ParsedArgv {
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly subcommand: string | undefined;
  readonly subFlags: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

const takesValue = new Set([
  ...['-c', '--enable', '--disable', '--model', '--profile', '--local-provider', '--sandbox', '--color', '--add-dir'],
  ...['--output-schema', '--output-last-message', '--base', '--commit', '--title'],
  ...['--thread-source', '--cyber-access-program', '--remote', '--remote-auth-token-env', '--extra'],
]);
const takesMany = new Set(['--image']);
const isSwitch = new Set([
  ...['--json', '--oss', '--skip-git-repo-check', '--ephemeral', '--ignore-user-config', '--ignore-rules'],
  ...['--approve-for-me', '--worktree', '--trust', '--strict-config', '--switch'],
  ...['--dangerously-bypass-approvals-and-sandbox', '--last', '--all', '--uncommitted'],
]);
const subcommands = new Set(['resume', 'fork', 'review', 'help']);

export function parseAsCli(argv: readonly string[]): ParsedArgv {
  if (argv[0] !== 'exec') throw new Error(`unexpected ${String(argv[0])}`);
  const top = new Map<string, string[]>();
  const sub = new Map<string, string[]>();
  const positionals: string[] = [];
  let subcommand: string | undefined;
  let flags = top;
  for (let index = 1; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--') {
      positionals.push(...argv.slice(index + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      if (subcommand === undefined && positionals.length === 0 && subcommands.has(word)) {
        subcommand = word;
        flags = sub;
      } else positionals.push(word);
      continue;
    }
    const at = word.indexOf('=');
    const flag = at === -1 ? word : word.slice(0, at);
    const values = at === -1 ? [] : [word.slice(at + 1)];
    if (isSwitch.has(flag)) {
      if (at !== -1) throw new Error(`${flag} takes no value`);
    } else if (takesValue.has(flag) || takesMany.has(flag)) {
      if (at === -1) {
        // A value that starts with a dash is a flag to the parser.
        do values.push(valueAfter(argv, ++index, flag));
        while (takesMany.has(flag) && isValue(argv[index + 1]));
      }
    } else throw new Error(`unexpected argument ${word}`);
    flags.set(flag, [...(flags.get(flag) ?? []), ...values]);
  }
  return { flags: top, subcommand, subFlags: sub, positionals };
}

function isValue(word: string | undefined): word is string {
  return word !== undefined && (word === '-' || !word.startsWith('-'));
}

function valueAfter(argv: readonly string[], index: number, flag: string): string {
  const word = argv[index];
  if (!isValue(word)) throw new Error(`a value is required for ${flag}`);
  return word;
}
