// A repository of an attacker contains a "CLI". A host that starts in it must not execute it.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { attack, expect, folder, host, on } from '../lib/attack.mjs';

const PLATFORM = `${process.platform}-${process.arch}`;
const TRIPLE = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-musl`;

/** Plants programs that leave a proof, in each place where an npm installation has one. */
function plant(repository) {
  const proof = join(repository, 'executed');
  const modules = join(repository, 'node_modules');
  const native = join(modules, '@openai', `codex-${PLATFORM}`);
  const places = [
    join(native, 'vendor', TRIPLE, 'bin'),
    join(native, 'vendor', TRIPLE, 'codex'),
    join(modules, '@openai', 'codex', 'bin'),
    join(modules, '.bin'),
    join(repository, 'bin'),
    repository,
  ];
  for (const at of places) {
    mkdirSync(at, { recursive: true });
    for (const name of ['codex', 'codex.js']) {
      writeFileSync(join(at, name), `#!/bin/sh\necho "$0" >> ${proof}\necho codex-cli 0.171.0\n`);
      chmodSync(join(at, name), 0o755);
    }
  }
  for (const at of [join(modules, '@openai', 'codex'), native])
    writeFileSync(
      join(at, 'package.json'),
      '{"name":"@openai/codex","version":"0.171.0","bin":{"codex":"bin/codex.js"}}',
    );
  return proof;
}

async function startIn(cwd, env = {}) {
  const code = `process.chdir(cwd);
    say(String(await collect(commands.version$())));
    say(String(await collect(exec$({ prompt: 'x', timeout: 4000, terminateGrace: 100 }))));
    say(String(await collect(core.preflight$())));
    say(String(await collect(commands.version$({ binary: 'codex' }))));`;
  const { isFrozen } = await host(code, { args: { cwd }, env, timeout: 30_000 });
  expect(!isFrozen, 'the host froze');
}

await attack(on.linux, {
  'node_modules of the current folder contains a CLI': async () => {
    const repository = folder('repository');
    const proof = plant(repository);
    await startIn(repository);
    expect(!existsSync(proof), 'it was executed');
  },
  'node_modules of a parent of the current folder contains a CLI': async () => {
    const repository = folder('repository');
    const proof = plant(repository);
    mkdirSync(join(repository, 'src/deep'), { recursive: true });
    await startIn(join(repository, 'src/deep'));
    expect(!existsSync(proof), 'it was executed');
  },
  'PATH contains relative and empty entries': async () => {
    const repository = folder('repository');
    const proof = plant(repository);
    await startIn(repository, { PATH: `.:bin::node_modules/.bin:${process.env.PATH}` });
    expect(!existsSync(proof), 'it was executed');
  },
  'the CLI is inside the workspace of a run that may write there': async () => {
    const workspace = folder('workspace');
    plant(workspace);
    const code = `const binary = workspace + '/bin/codex';
      say((await collect(exec$({ prompt: 'x', binary, workingDirectory: workspace, sandbox: 'workspace-write' }))).code);`;
    const { values } = await host(code, { args: { workspace } });
    expect(values[0] === 'REQUEST_INVALID', `the run was not rejected: ${values[0]}`);
    expect(!existsSync(join(workspace, 'executed')), 'it was executed');
  },
});
