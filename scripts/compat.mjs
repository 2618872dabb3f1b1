// Records the help, the completion script and the features of each CLI version, for the tests of `capabilities`.
//   npm run compat                          compares the recorded versions with the installed binaries
//   npm run compat -- --install             installs missing versions and records all again
//   npm run compat -- --install 0.125.0     only this version
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { installedCli, isInstalled } from './installed-cli.mjs';
import { readCliPages } from './lib/cli-pages.mjs';
import { loadSource } from './lib/load-source.mjs';
import { readRecorded, surfaceTable } from './lib/surface-table.mjs';

const VERSIONS = [
  ...['0.44.0', '0.47.0', '0.75.0', '0.98.0', '0.110.0', '0.125.0', '0.130.0', '0.131.0', '0.144.6', '0.147.0'],
  ...['0.150.1', '0.154.0', '0.159.3', '0.163.0', '0.169.0', '0.171.0'],
];
const core = join(import.meta.dirname, '..', 'packages/core');
const folder = join(core, 'test/capabilities/recorded');
const tableFile = join(core, 'src/capabilities/surface-table.ts');
const isInstalling = process.argv.includes('--install');
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'));

mkdirSync(folder, { recursive: true });
const parsers = {
  ...(await loadSource('packages/core/src/capabilities/parse-help.ts')),
  ...(await loadSource('packages/core/src/capabilities/parse-completion.ts')),
};
let differing = 0;
for (const version of given.length > 0 ? given : VERSIONS) {
  const path = join(folder, `${version}.json.gz`);
  if (!isInstalling && !isInstalled(version)) {
    process.stdout.write(`${version}  not installed (--install)\n`);
    continue;
  }
  const text = `${JSON.stringify(await readCliPages(installedCli(version), parsers))}\n`;
  const isSame = existsSync(path) && gunzipSync(readFileSync(path)).toString() === text;
  if (isInstalling && !isSame) writeFileSync(path, gzipSync(text, { level: 9 }));
  if (!isSame) differing += 1;
  process.stdout.write(`${version}  ${isSame ? 'unchanged' : isInstalling ? 'recorded' : 'DIFFERS'}\n`);
}
if (isInstalling) {
  const surfaces = readRecorded(folder).map(({ version, completion }) => ({
    version,
    commands: parsers.parseCompletion(completion),
  }));
  writeFileSync(tableFile, surfaceTable(surfaces));
  spawnSync('npx', ['biome', 'check', '--write', tableFile], { stdio: 'inherit' });
}
process.stdout.write(`${readdirSync(folder).length} versions recorded in ${folder}\n`);
process.exitCode = differing > 0 && !isInstalling ? 1 : 0;
