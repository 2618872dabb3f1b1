import type { ScannedOutput } from '../scan-output.js';

interface LoginPage {
  readonly url: string;
  readonly code?: string | undefined;
}

/**
 * Finds the page that the CLI asks its user to open: on a line of its own or after a colon, on either stream. With
 * `needsCode` only together with the code to enter. Ignores the address of the CLI's own server, which is printed
 * inside a sentence before.
 */
export function parseLoginPage({ stdout, stderr }: ScannedOutput, needsCode: boolean): LoginPage | undefined {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const url = firstMatch(lines, /(?:^|: )(https?:\/\/\S+)$/);
  if (url === undefined) return undefined;
  if (!needsCode) return { url };
  const code = firstMatch(lines, /^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})+)$/);
  return code === undefined ? undefined : { url, code };
}

function firstMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const match = pattern.exec(line)?.[1];
    if (match !== undefined) return match;
  }
  return undefined;
}
