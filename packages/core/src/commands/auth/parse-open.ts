import type { Output } from '../first-in.js';

interface Opening {
  readonly url: string;
  readonly code?: string | undefined;
}

/**
 * The page that the CLI asks its user to open, from whichever stream; with `needsCode` only together with the code to type in there. The address of the
 * CLI's own server, which it prints first, is not it.
 */
export function parseOpening({ stdout, stderr }: Output, needsCode: boolean): Opening | undefined {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const url = lines.find((line) => /^https?:\/\/\S+$/.test(line));
  if (url === undefined) return undefined;
  if (!needsCode) return { url };
  const code = lines.find((line) => /^[A-Z0-9]{3,}(-[A-Z0-9]{3,})+$/.test(line));
  return code === undefined ? undefined : { url, code };
}
