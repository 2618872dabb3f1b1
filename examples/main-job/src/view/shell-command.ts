/**
 * Extracts the shell command from the line that the CLI shows: `/bin/bash -lc 'npm test'` becomes `npm test`. Other
 * lines are returned unchanged.
 */
export function shellCommand(line: string): string {
  const [shell, flag, script, ...rest] = words(line) ?? [];
  if (shell === undefined || flag === undefined || script === undefined || rest.length > 0) return line;
  const isShell = /(?:^|[\\/])(?:(?:ba|z|da|k|fi)?sh|cmd|powershell|pwsh)(?:\.exe)?$/i.test(shell);
  return isShell && /^(?:-l?c|-command|\/c)$/i.test(flag) ? script : line;
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
