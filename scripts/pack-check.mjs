// Packs the packages as they would be published, checks their manifests and types, and uses them in a scratch project
// as an outsider would: from ES modules and from CommonJS, with a fake CLI.
//   npm run pack:check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const names = ['core', 'operators', 'testing', 'cli'];
const bin = (name) => join(root, 'node_modules', '.bin', name);

function run(command, args, cwd = root) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  process.stderr.write(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  throw new Error(`${command} failed`);
}

/** The entry points of the packages that need no test runner: `@codex-rx/core`, `@codex-rx/core/events`, … */
const entries = names
  .flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    return Object.keys(manifest.exports).map((path) => manifest.name + path.slice(1));
  })
  .filter((entry) => !/\/(package\.json|jest|arbitrary)$/.test(entry));

const esm = `
import { exec$, isCodexError } from '@codex-rx/core';
import { threadEventCodec } from '@codex-rx/core/codecs';
import { version$ } from '@codex-rx/core/commands';
import { isItemEvent } from '@codex-rx/core/events';
import { codexHome } from '@codex-rx/core/home';
import { readRollout$ } from '@codex-rx/core/rollouts';
import { TurnFailedError } from '@codex-rx/core/errors';
import { snapshots, teeLines } from '@codex-rx/operators';
import { events, openFakeCodex } from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';
const imported = [threadEventCodec, version$, isItemEvent, codexHome, readRollout$, TurnFailedError, snapshots, events];
if (imported.includes(undefined)) throw new Error('something is not exported');
for (const entry of ${JSON.stringify(entries)}) {
  if (Object.keys(await import(entry)).length === 0) throw new Error(entry + ' exports nothing');
}
const fake = await openFakeCodex({ steps: [{ line: { type: 'thread.started', thread_id: 't' } }, { line: { type: 'turn.completed' } }] });
const seen = await lastValueFrom(exec$({ binary: fake.binary, prompt: 'hi', lines: teeLines('tee.jsonl') }).pipe(toArray()));
if (seen.length !== 2) throw new Error('expected two events');
await lastValueFrom(exec$({ binary: '/nowhere', prompt: 'hi' })).catch((error) => {
  if (!isCodexError(error, 'BINARY_NOT_FOUND')) throw error;
});
await fake.dispose();
console.log('esm ok');
`;
const cjs = esm
  .replace(/^import (.*) from ('.*');$/gm, 'const $1 = require($2);')
  .replace('await import(entry)', 'require(entry)')
  .replace('const imported', '(async () => {\nconst imported')
  .concat('})().catch((error) => { console.error(error); process.exit(1); });')
  .replace('esm ok', 'cjs ok');

const scratch = mkdtempSync(join(tmpdir(), 'codex-rx-pack-'));
try {
  for (const name of names) {
    run('npm', ['pack', '--pack-destination', scratch, '-w', `packages/${name}`]);
    run(bin('publint'), ['--strict', `packages/${name}`]);
  }
  const tarballs = readdirSync(scratch).filter((file) => file.endsWith('.tgz'));
  for (const tarball of tarballs) {
    run(bin('attw'), [join(scratch, tarball), '--profile', 'node16']);
    process.stdout.write(`${tarball}: ${(statSync(join(scratch, tarball)).size / 1024).toFixed(1)} KiB\n`);
  }
  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ name: 'scratch', private: true }));
  run('npm', ['install', '--no-audit', '--no-fund', 'rxjs@7', ...tarballs.map((file) => `./${file}`)], scratch);
  writeFileSync(join(scratch, 'esm.mjs'), esm);
  writeFileSync(join(scratch, 'cjs.cjs'), cjs);
  process.stdout.write(run(process.execPath, ['esm.mjs'], scratch));
  process.stdout.write(run(process.execPath, ['cjs.cjs'], scratch));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
