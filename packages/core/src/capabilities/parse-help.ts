import type { CliCommand } from '../request/cli-surface.js';

export interface HelpPage extends CliCommand {
  /** The names of the commands below this one, without `help`. */
  readonly subcommands: readonly string[];
}

/**
 * Parses a page of `codex help …`: the names in its sections *Commands*, *Arguments* and *Options*. Returns `undefined`
 * for another text, and for the page of another command: `--help` after an unknown word prints the page of the root.
 *
 * @param path the command, such as `exec resume`; `''` for the root
 */
export function parseHelp(path: string, text: string): HelpPage | undefined {
  const usage = /^Usage: (.*)$/m.exec(text)?.[1]?.split(' ');
  const words = ['codex', ...(path === '' ? [] : path.split(' '))];
  if (usage === undefined || words.some((word, index) => usage[index] !== word)) return undefined;
  const sections = sectionsOf(text);
  return {
    subcommands: names(sections.get('Commands'), /^ {2}([a-z][\w-]*)/).filter((name) => name !== 'help'),
    flags: names(sections.get('Options'), /^ {2,6}(?:-\w, )?(--[\w-]+)/),
    args: names(sections.get('Arguments'), /^ {2}[[<]{1,2}([\w-]+)/),
  };
}

/** The lines below each heading, such as `Options:`. */
function sectionsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const heading = /^([A-Z][\w ]*):$/.exec(line)?.[1];
    if (heading === undefined) lines.push(line);
    else {
      lines = sections.get(heading) ?? [];
      sections.set(heading, lines);
    }
  }
  return sections;
}

function names(lines: readonly string[] | undefined, pattern: RegExp): string[] {
  return (lines ?? []).flatMap((line) => pattern.exec(line)?.[1] ?? []);
}
