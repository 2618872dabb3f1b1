// The texts of a CLI binary that describe it: version, features, completion script and every page of its help.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * @param {string} binary
 * @param {{ parseHelp: (path: string, text: string) => { subcommands: string[] } | undefined,
 *   parseCompletion: (text: string) => object | undefined }} parsers
 */
export async function readCliPages(binary, { parseHelp, parseCompletion }) {
  const home = mkdtempSync(join(tmpdir(), 'codex-rx-pages-'));
  const env = { PATH: process.env.PATH, HOME: home, CODEX_HOME: home };
  const stdout = async (...args) => {
    try {
      return (await run(binary, args, { env, cwd: home, maxBuffer: 2 ** 26 })).stdout;
    } catch {
      return undefined;
    }
  };
  const pages = {};
  const walk = async (path) => {
    if (pages[path] !== undefined) return;
    const text = await stdout('help', ...path.split(' ').filter(Boolean));
    const page = text === undefined ? undefined : parseHelp(path, text);
    if (page === undefined) return;
    pages[path] = text;
    for (const name of page.subcommands) await walk(path === '' ? name : `${path} ${name}`);
  };
  try {
    const completion = await stdout('completion', 'bash');
    await walk('');
    // The pages of hidden commands exist, too.
    for (const path of Object.keys(parseCompletion(completion ?? '') ?? {})) await walk(path);
    const sorted = Object.fromEntries(Object.entries(pages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return {
      version: await stdout('--version'),
      features: await stdout('features', 'list'),
      completion,
      pages: sorted,
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
