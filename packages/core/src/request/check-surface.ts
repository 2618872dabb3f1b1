import { checkBoolean, checkList, checkString, checkTable } from './checks.js';

/**
 * Checks the capabilities of a CLI: their version, commands and overrides. Ignores other keys.
 *
 * @throws RequestError
 */
export function checkSurface(field: string, surface: unknown): void {
  const { version, commands, overrides } = checkTable(field, surface);
  if (version !== undefined) {
    const { version: number } = checkTable(`${field}.version`, version);
    if (number !== undefined) checkString(`${field}.version.version`, number);
  }
  if (commands !== undefined) {
    for (const [path, command] of Object.entries(checkTable(`${field}.commands`, commands)))
      checkCommand(`${field}.commands.${path}`, command);
  }
  if (overrides !== undefined) {
    for (const [words, has] of Object.entries(checkTable(`${field}.overrides`, overrides)))
      checkBoolean(`${field}.overrides.${words}`, has);
  }
}

function checkCommand(field: string, command: unknown): void {
  const { flags, args } = checkTable(field, command);
  checkList(`${field}.flags`, flags, checkString);
  checkList(`${field}.args`, args, checkString);
}
