// Runs the fault cases against codex-rx and two other clients, which it installs on demand, and writes docs/faults.md.
//   npm run bench:faults                        all cases
//   npm run bench:faults -- --only=<pattern>    selected cases, printed only
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runConformance } from '@codex-rx/testing';
import { faultsPage } from './faults/page.mjs';

const here = join(import.meta.dirname, 'faults');
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { only: { type: 'string' } } });

const subjects = [
  { name: 'codex-rx', adapter: 'codex-rx.mjs', lacks: [] },
  { name: '@openai/codex-sdk', adapter: 'codex-sdk.mjs', lacks: ['eventLog'] },
  { name: 'ai-sdk-provider-codex-cli', adapter: 'ai-sdk.mjs', lacks: ['eventLog'] },
];

function install() {
  const options = [
    '--omit=optional',
    '--no-workspaces',
    '--ignore-scripts',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
  ];
  const { status } = spawnSync('npm', ['install', ...options], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The peers could not be installed.');
}

const versionOf = (name) =>
  JSON.parse(readFileSync(join(here, 'node_modules', ...name.split('/'), 'package.json'), 'utf8')).version;

async function measure({ name, adapter, lacks }) {
  const results = await runConformance(
    { module: join(here, 'adapters', adapter) },
    {
      lacks,
      ...(values.only !== undefined && { only: new RegExp(values.only) }),
      onResult: ({ ok, name: title, outcome, ms, problems }) =>
        process.stderr.write(
          `${ok ? 'as expected' : 'NOT        '} ${name}: ${title}: ${outcome}, ${ms} ms ${problems.join('; ')}\n`,
        ),
    },
  );
  return { name, version: name === 'codex-rx' ? undefined : versionOf(name), results };
}

async function main() {
  if (!existsSync(join(here, 'node_modules', 'ai-sdk-provider-codex-cli'))) install();
  const [own, ...peers] = subjects;
  // The other clients mostly wait, so they run in parallel.
  const columns = [await measure(own), ...(await Promise.all(peers.map(measure)))];
  const machine = `Linux ${release().split('-')[0]}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const page = faultsPage(columns, { machine, day: new Date().toISOString().slice(0, 10) });
  if (values.only === undefined) writeFileSync(join(root, 'docs', 'faults.md'), page);
  else process.stdout.write(page);
  process.exitCode = columns[0].results.every(({ ok }) => ok) ? 0 : 1;
}

await main();
