import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { from, lastValueFrom, mergeMap, toArray } from 'rxjs';
import { resolveBinary } from '../../src/binary/resolve.js';
import { inspectConfig } from '../../src/home/inspect-config.js';
import { parseOverrideValue } from '../../src/util/parse-toml.js';
import { temporaryFolder } from '../reading/temporary.js';
import { knownDifferences, otherFiles, tomlFiles, tomlStrings } from './toml-corpus.js';

const folder = temporaryFolder();
const binary = resolveBinary();
let homes = 0;

interface Reading {
  readonly isValid: boolean;
  readonly output: string;
}

function homeWith(content: string | Uint8Array): string {
  const home = join(folder.path, `home-${String(homes++)}`);
  mkdirSync(home);
  writeFileSync(join(home, 'config.toml'), content);
  return home;
}

/** Reads a home with the real CLI. */
function readWithCli(home: string, args: readonly string[] = []): Promise<Reading> {
  const options = { cwd: home, env: { PATH: process.env.PATH, CODEX_HOME: home } };
  return new Promise((resolve) => {
    execFile(binary, ['mcp', 'list', '--json', ...args], options, (error, output) => {
      resolve({ isValid: error === null, output });
    });
  });
}

/** Returns the names of the files that we read differently. */
function differences(files: readonly (readonly [name: string, content: string | Uint8Array])[]): Promise<string[]> {
  return lastValueFrom(
    from(files).pipe(
      mergeMap(async ([name, content]) => {
        const home = homeWith(content);
        const [cli, ours] = await Promise.all([readWithCli(home), inspectConfig(join(home, 'config.toml'))]);
        return cli.isValid === (ours.state === 'ok') ? [] : [name];
      }, 3),
      mergeMap((names) => names),
      toArray(),
    ),
  );
}

describe('config.toml', () => {
  it('is valid for us if it is valid for the real CLI', async () => {
    expect(await differences(tomlFiles)).toEqual([]);
  });

  it('is not valid if it is not UTF-8, as for the real CLI', async () => {
    expect(await differences(otherFiles)).toEqual([]);
  });

  it('differs only where the list of known differences says so', async () => {
    expect((await differences(knownDifferences.map(([name, text]) => [name, text]))).sort()).toEqual(
      knownDifferences.map(([name]) => name).sort(),
    );
  });

  it('has the strings that the real CLI reads', async () => {
    const env = tomlStrings.map((text, index) => `env.K${String(index)} = ${text}\n`).join('');
    const { output } = await readWithCli(homeWith(`[mcp_servers.p]\ncommand = "x"\n${env}`));
    const [server] = JSON.parse(output) as [{ transport: { env: Record<string, string> } }];

    expect(tomlStrings.map((_text, index) => server.transport.env[`K${String(index)}`])).toEqual(
      tomlStrings.map(parseOverrideValue),
    );
  });
});

describe('an override', () => {
  it('has the value that the real CLI reads, which is text if it is not TOML', async () => {
    const values = [
      ...tomlStrings,
      'plain text',
      '"open',
      ` ''"two" one' `,
      'a"b',
      '1979-13-01',
      '9223372036854775808',
      '[',
      'x # y',
    ];
    const args = values.flatMap((value, index) => ['-c', `mcp_servers.p.env.K${String(index)}=${value}`]);
    const { output } = await readWithCli(homeWith('[mcp_servers.p]\ncommand = "x"\n'), args);
    const [server] = JSON.parse(output) as [{ transport: { env: Record<string, string> } }];

    expect(values.map((_value, index) => server.transport.env[`K${String(index)}`])).toEqual(
      values.map(parseOverrideValue),
    );
  });
});
