import type { CommandExecutionItem } from '@codex-rx/core/events';

/**
 * Returns the command of an item without the shell around it.
 *
 * <span class="informal">`/bin/bash -lc 'npm test'` becomes `npm test`.</span>
 *
 * A command without a known shell, with further arguments or with an open quote is returned unchanged. The result is
 * for display: it may contain line breaks and other control characters.
 *
 * @example
 * ```ts
 * import { shellCommand } from '@codex-rx/operators';
 *
 * console.log(shellCommand({ command: "/bin/bash -lc 'npm test'" })); // npm test
 * ```
 *
 * @see {@link commands}
 *
 * @param item A `command_execution` item.
 * @returns The command as the agent wrote it.
 */
export function shellCommand({ command }: Pick<CommandExecutionItem, 'command'>): string {
  const [shell, flag, script, ...rest] = words(command) ?? [];
  if (shell === undefined || flag === undefined || script === undefined || rest.length > 0) return command;
  const isShell = /(?:^|[\\/])(?:(?:ba|z|da|k|fi)?sh|cmd|powershell|pwsh)(?:\.exe)?$/i.test(shell);
  return isShell && /^(?:-l?c|-command|\/c)$/i.test(flag) ? script : command;
}

/** A part of a word. Each alternative is a loop over single characters, which takes a text of any length. */
const PART = /'([^']*)'|\\([^])|([^\s'"\\]+)|"/y;
const QUOTED_PART = /[^"\\]+|\\[^]/y;
const SPACE = /\s*/y;
/** The words of a call of a shell, and one that makes it something else. */
const MAX_WORDS = 4;

/** The first quoted words as a POSIX shell splits them; `undefined` if a quote is open. */
function words(line: string): readonly string[] | undefined {
  const found: string[] = [];
  const trimmed = line.trim();
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(trimmed);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  const quoted = (): string | undefined => {
    let text = '';
    for (let part = next(QUOTED_PART); part !== null; part = next(QUOTED_PART))
      text += part[0].replace(/^\\(["\\$`])$/, '$1');
    return trimmed[at++] === '"' ? text : undefined;
  };
  while (at < trimmed.length && found.length < MAX_WORDS) {
    let word = '';
    const start = at;
    for (let part = next(PART); part !== null; part = next(PART)) {
      const [whole, single, escaped, plain] = part;
      const text = whole === '"' ? quoted() : (single ?? escaped ?? plain);
      if (text === undefined) return undefined;
      word += text;
    }
    if (at === start || (at < trimmed.length && next(SPACE)?.[0] === '')) return undefined;
    found.push(word);
  }
  return found;
}
