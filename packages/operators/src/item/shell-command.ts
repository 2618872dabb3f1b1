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

/** Quoted words as a POSIX shell splits them; `undefined` if a quote is open. */
function words(line: string): readonly string[] | undefined {
  const found: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const word = /^(?:'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|[^\s'"\\])+/.exec(rest)?.[0];
    if (word === undefined) return undefined;
    found.push(word.replace(/'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])/g, unquote));
    rest = rest.slice(word.length);
    if (rest !== '' && !/^\s/.test(rest)) return undefined;
    rest = rest.trimStart();
  }
  return found;
}

function unquote(_whole: string, single?: string, double?: string, escaped?: string): string {
  return single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '';
}
