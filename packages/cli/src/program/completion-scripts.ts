import type { CommandDescription, OptionDescription } from './describe-program.js';

/** The shells with a completion script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Returns the completion script of a shell. Pure. */
export function completionScript(shell: (typeof SHELLS)[number], program: CommandDescription): string {
  switch (shell) {
    case 'bash':
      return bash(program);
    case 'zsh':
      return zsh(program);
    case 'fish':
      return fish(program);
  }
}

function all(command: CommandDescription): readonly CommandDescription[] {
  return [command, ...command.subcommands.flatMap(all)];
}

function names(command: CommandDescription): readonly string[] {
  return command.subcommands.map(({ path }) => path.split(' ').at(-1) ?? '');
}

function bash(program: CommandDescription): string {
  const commands = all(program);
  const words = commands.map((command) => {
    const offered = [
      ...names(command),
      ...command.options.flatMap(({ long, short }) => [long, ...(short ? [short] : [])]),
    ];
    return `    '${command.path}') words='${offered.join(' ')}' ;;`;
  });
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, short, choices }) => {
        const flags = [long, ...(short ? [short] : [])].map((flag) => `'${command.path} ${flag}'`);
        // Without words, bash completes names of files.
        const words = choices.length === 0 ? '' : `$(compgen -W '${choices.join(' ')}' -- "$current")`;
        return `    ${flags.join('|')}) COMPREPLY=(${words}); return ;;`;
      }),
  );
  const paths = commands.map(({ path }) => `'${path}'`).join('|');
  return `_codex_rx() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $previous" in
${values.join('\n')}
    *) ;;
  esac
  case "$path" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _codex_rx codex-rx
`;
}

function zsh(program: CommandDescription): string {
  const commands = all(program);
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, short, choices }) => {
        const flags = [long, ...(short ? [short] : [])].map((flag) => quoteZsh(`${command.path} ${flag}`));
        return `    ${flags.join('|')}) ${choices.length === 0 ? '_files' : `compadd -- ${choices.join(' ')}`}; return ;;`;
      }),
  );
  const offers = commands.map((command) => {
    const subcommands = command.subcommands.map(({ path, summary }) =>
      described(path.split(' ').at(-1) ?? '', summary),
    );
    const options = command.options.flatMap(({ long, short, summary }) =>
      [long, ...(short ? [short] : [])].map((flag) => described(flag, summary)),
    );
    return `    ${quoteZsh(command.path)})
      commands=(${subcommands.join(' ')})
      options=(${options.join(' ')}) ;;`;
  });
  // The variable `path` of zsh is that of programs.
  return `#compdef codex-rx
_codex_rx() {
  local line='' word
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${line:+$line }$word" in
      ${commands
        .filter(({ path }) => path !== '')
        .map(({ path }) => quoteZsh(path))
        .join('|')}) line="\${line:+$line }$word" ;;
    esac
  done
  case "$line \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$line" in
${offers.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then _describe option options
  elif (( \${#commands} > 0 )); then _describe command commands
  else _files
  fi
}
if [[ "\${funcstack[1]}" == _codex-rx ]]; then _codex_rx "$@"; else compdef _codex_rx codex-rx; fi
`;
}

/** A word and its description, as `_describe` of zsh takes them. */
function described(word: string, summary: string): string {
  return quoteZsh(`${word.replaceAll(':', '\\:')}:${summary.split('\n', 1)[0] ?? ''}`);
}

function quoteZsh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fish(program: CommandDescription): string {
  const lines = all(program).flatMap((command) => {
    const when = condition(command);
    const subcommands = command.subcommands.map(
      ({ path, summary }) =>
        `complete -c codex-rx -f -n ${quote(when)} -a ${path.split(' ').at(-1) ?? ''} -d ${quote(summary)}`,
    );
    return [...subcommands, ...command.options.map((option) => fishOption(option, when))];
  });
  return `${lines.join('\n')}\n`;
}

function condition({ path, subcommands }: CommandDescription): string {
  const parts = path === '' ? [] : path.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
  const others = subcommands.map((sub) => sub.path.split(' ').at(-1) ?? '').join(' ');
  return [...parts, ...(others === '' ? [] : [`not __fish_seen_subcommand_from ${others}`])].join('; and ');
}

function fishOption({ long, short, summary, takesValue, choices }: OptionDescription, when: string): string {
  return [
    `complete -c codex-rx -n ${quote(when)} -l ${long.slice(2)}`,
    ...(short ? [`-s ${short.slice(1)}`] : []),
    ...(takesValue ? ['-r'] : []),
    ...(choices.length > 0 ? [`-f -a ${quote(choices.join(' '))}`] : []),
    `-d ${quote(summary)}`,
  ].join(' ');
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
