// Compares a CLI version with what this repository knows, and prints what is new, gone or not decoded as Markdown.
//   npm run drift -- 0.172.0                  installs it into the cache; exits with 1 if something breaks
//   npm run drift -- 0.172.0 --out drift.md   also writes the report to a file
//   npm run drift -- --docs                   writes docs/compatibility.md, without a CLI
// The CLIs run against scripted models where they reach nothing but this machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as capabilities from '@codex-rx/core/capabilities';
import { firstValueFrom } from 'rxjs';
import { installedCli } from './installed-cli.mjs';
import { compatibilityPage } from './lib/compatibility-page.mjs';
import { driftReport } from './lib/drift-report.mjs';
import { runScenes } from './lib/drift-runs.mjs';
import { compareCommands, compareMethods, without } from './lib/drift-surface.mjs';
import { loadSource } from './lib/load-source.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const root = join(import.meta.dirname, '..');
const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies['@openai/codex'];
const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, docs: { type: 'boolean', default: false } },
  allowPositionals: true,
});

async function probe(binary) {
  const codexHome = mkdtempSync(join(tmpdir(), 'codex-rx-drift-home-'));
  try {
    return await firstValueFrom(capabilities.probeCapabilities$({ binary, codexHome, cachePolicy: 'bypass' }));
  } finally {
    rmSync(codexHome, { recursive: true, force: true });
  }
}

/** Options of requests of which the table says something else than the commands do. */
async function wrongOptions(version, found) {
  const { cliCapabilities } = await loadSource('packages/core/src/request/cli-capabilities.ts');
  const [byTable, byCommands] = [version, found].map((cli) => [...cliCapabilities(cli).missing.keys()]);
  return [...without(byTable, byCommands), ...without(byCommands, byTable)];
}

async function drift(version) {
  const [binary, pinnedBinary] = [installedCli(version), installedCli(pinned)];
  const [found, reference] = [await probe(binary), await probe(pinnedBinary)];
  if (found.commands === undefined)
    throw new Error(`codex ${version} could not be probed: ${JSON.stringify(found.plan)}`);
  const methods = compareMethods({ version, binary, ...capabilities });
  const names = ({ features = [] }) => features.map(({ name }) => name);
  const { text, isBroken } = driftReport({
    version,
    pinned,
    commands: compareCommands({ version, commands: found.commands, ...capabilities }),
    methods,
    options: await wrongOptions(version, found),
    features: { added: without(names(found), names(reference)), gone: without(names(reference), names(found)) },
    runs: await runScenes(binary, methods !== undefined),
    reference: await runScenes(pinnedBinary, true),
  });
  process.stdout.write(text);
  if (values.out !== undefined) writeFileSync(values.out, text);
  return isBroken ? 1 : 0;
}

function confined(version) {
  for (const each of [version, pinned]) installedCli(each);
  const inside = inLoopbackOnly([process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
  if (inside === undefined)
    throw new Error(
      'A CLI could reach a network here, and no loopback-only network namespace can be made. It is not run.',
    );
  return spawnSync(inside[0], inside.slice(1), { stdio: 'inherit' }).status ?? 1;
}

async function main() {
  if (values.docs) {
    writeFileSync(join(root, 'docs/compatibility.md'), compatibilityPage(root, capabilities));
    return 0;
  }
  const [version] = positionals;
  if (version === undefined) throw new Error('Name a version: npm run drift -- 0.172.0');
  return isLoopbackOnly() ? drift(version) : confined(version);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 2;
}
