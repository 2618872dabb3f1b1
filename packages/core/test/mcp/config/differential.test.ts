import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { mcpConfig } from '@codex-rx/core/mcp';
import { firstValueFrom, from, lastValueFrom, mergeMap, toArray } from 'rxjs';
import { resolveBinary } from '../../../src/binary/resolve.js';
import { temporaryFolder } from '../../reading/temporary.js';
import { knownDifferences, otherFiles, tomlFiles, tomlStrings } from '../../util/toml-corpus.js';
import { serverFiles } from './corpus.js';

const folder = temporaryFolder();
const binary = resolveBinary();
let homes = 0;

type View = readonly unknown[] | 'rejected';

/** The servers of a home as the real CLI lists them, without the state of their logins. */
function cliView(home: string): Promise<View> {
  const options = { cwd: home, env: { PATH: process.env.PATH, CODEX_HOME: home } };
  return new Promise((resolve) => {
    execFile(binary, ['mcp', 'list', '--json'], options, (error, output) => {
      resolve(error === null ? (JSON.parse(output) as Readonly<Record<string, unknown>>[]).map(common) : 'rejected');
    });
  });
}

/** Without what the CLI finds out by connecting, and what only `get` or newer versions have. */
function common(server: Readonly<Record<string, unknown>>): unknown {
  const left = (value: object, keys: readonly string[]): object =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
  return {
    ...left(server, ['auth_status', 'enabled_tools', 'disabled_tools']),
    transport: left(server.transport as object, ['http_headers_helper']),
  };
}

async function ownView(home: string): Promise<View> {
  try {
    const servers = await firstValueFrom(mcpConfig(home).list$());
    return servers.map((server) => common({ ...server }));
  } catch {
    return 'rejected';
  }
}

/** Returns the views that differ. */
function differences(files: readonly (string | Uint8Array)[]): Promise<unknown[]> {
  return lastValueFrom(
    from(files).pipe(
      mergeMap(async (content) => {
        const home = join(folder.path, `home-${String(homes++)}`);
        mkdirSync(home);
        writeFileSync(join(home, 'config.toml'), content);
        const [cli, own] = await Promise.all([cliView(home), ownView(home)]);
        // The CLI writes the variables of a server in any order.
        return isDeepStrictEqual(cli, JSON.parse(JSON.stringify(own))) ? [] : [JSON.stringify({ content, cli, own })];
      }, 3),
      mergeMap((found) => found),
      toArray(),
    ),
  );
}

const server = '\n[mcp_servers.docs]\ncommand = "npx"\nargs = ["-y"]\n';

describe('the servers of a config.toml', () => {
  it('are those of `codex mcp list --json`, over all kinds of servers', async () => {
    const strings = tomlStrings.map((text, index) => `env.K${String(index)} = ${text}\n`).join('');
    expect(await differences([...serverFiles, `[mcp_servers.p]\ncommand = "x"\n${strings}`])).toEqual([]);
  });

  it('are those of `codex mcp list --json` after odd text and in invalid files', async () => {
    // A sample: test/util/toml-differential reads every file of the corpus.
    const sample = tomlFiles.filter((_file, index) => index % 8 === 0).map(([, text]) => text + server);
    expect(await differences([...sample, ...otherFiles.map(([, bytes]) => bytes)])).toEqual([]);
    expect(knownDifferences.length).toBeGreaterThan(0);
  });
});
