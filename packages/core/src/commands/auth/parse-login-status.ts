import type { CommandOutput } from '../command-options.js';
import { outputLines } from '../output-lines.js';
import type { LoginStatus } from './types.js';

/**
 * Parses the output of `codex login status`. Versions differ in stream and wording; warnings are ignored. Returns
 * `undefined` if the command failed for another reason.
 */
export function parseLoginStatus(output: CommandOutput): LoginStatus | undefined {
  const lines = [...outputLines(output.stderr), ...outputLines(output.stdout)];
  if (lines.some((line) => /not logged in/i.test(line))) return { state: 'loggedOut' };
  // Up to 0.47 a home without a login was a file that could not be found.
  if (output.exitCode !== 0)
    return lines.some((line) => /login status: no such file/i.test(line)) ? { state: 'loggedOut' } : undefined;
  for (const line of lines) {
    const method = methodIn(line);
    if (method !== undefined) return { state: 'loggedIn', ...method, text: line };
  }
  return { state: 'loggedIn', method: 'unknown', text: lines.join('\n') };
}

function methodIn(line: string): { method: string; maskedKey?: string } | undefined {
  if (/chatgpt/i.test(line)) return { method: 'chatgpt' };
  if (/access token/i.test(line)) return { method: 'accessToken' };
  if (!/api ?key/i.test(line)) return undefined;
  const key = / - (\S.*)$/.exec(line)?.[1]?.trim();
  return key === undefined ? { method: 'apiKey' } : { method: 'apiKey', maskedKey: key };
}
