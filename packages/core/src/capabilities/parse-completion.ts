import type { CliCommand, CliCommands } from '../request/cli-surface.js';

const ROOT = 'codex';

/** `codex__exec,resume)` above `cmd="codex__exec__resume"`. */
interface Step {
  readonly parent: string;
  readonly word: string;
  readonly id: string;
}

/**
 * Parses the output of `codex completion bash`: every command by its path, with its long flags and its arguments. Also
 * has hidden commands and flags. Returns `undefined` if nothing matches.
 */
export function parseCompletion(text: string): CliCommands | undefined {
  const steps: Step[] = [];
  const options: (readonly [id: string, words: string])[] = [];
  let label = '';
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^ *(cmd|opts)="([^"]*)"$/.exec(line) ?? [];
    const [parent = '', word] = label.split(',');
    if (name === 'cmd' && word !== undefined) steps.push({ parent, word, id: value });
    if (name === 'opts') options.push([label, value]);
    label = /^ *([\w,-]+)\)$/.exec(line)?.[1] ?? '';
  }
  const paths = pathsById(steps);
  const commands: Record<string, CliCommand> = {};
  for (const [id, words] of options) {
    const path = paths.get(id);
    if (path !== undefined) commands[path] = parseWords(words);
  }
  return commands[''] === undefined ? undefined : commands;
}

/** The path of each command, by the name that the script gives it. Leaves out `help` and what is below it. */
function pathsById(steps: readonly Step[]): ReadonlyMap<string, string> {
  const paths = new Map([[ROOT, '']]);
  // Parents first: the id of a command is longer than that of its parent.
  for (const { parent, word, id } of [...steps].sort((a, b) => a.id.length - b.id.length)) {
    const above = paths.get(parent);
    if (above === undefined || word === 'help' || isAlias(word, id)) continue;
    paths.set(id, above === '' ? word : `${above} ${word}`);
  }
  return paths;
}

/** `codex,e)` leads to `codex__exec`. */
function isAlias(word: string, id: string): boolean {
  return !id.endsWith(`__${word.replaceAll('-', '__')}`);
}

function parseWords(text: string): CliCommand {
  const words = text.split(' ');
  return {
    flags: words.filter((word) => /^--[\w-]+$/.test(word)),
    args: words.flatMap((word) => /^[[<]{1,2}([\w-]+)/.exec(word)?.[1] ?? []),
  };
}
