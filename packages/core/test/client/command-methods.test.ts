import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@codex-rx/core';
import { type Codex, createCodex, features$, type LoginStatus, sandbox$ } from '@codex-rx/core';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { bindCommands } from '../../src/client/command-methods.js';
import { privateFolder, removeFolders } from '../commands/support/real.js';
import { recordedAt, speaking } from '../commands/support/recorded.js';
import { removeStandIns, says, valuesOf } from '../commands/support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('a client', () => {
  it('has every one-shot command of the package', () => {
    const bound = Object.keys(bindCommands((request) => request)).sort();
    const runs = ['exec$', 'resume$', 'fork$', 'review$', 'run$', 'lines$', 'sendPrompt$'];
    const codex = createCodex();
    for (const name of [...bound, ...runs]) expect(codex).toHaveProperty([name], expect.any(Function));
    for (const name of bound) expect(core).toHaveProperty([name], expect.any(Function));
  });

  it('has the signatures of the package', () => {
    expectTypeOf<Codex['features$']>().toEqualTypeOf<typeof features$>();
    expectTypeOf<Codex['sandbox$']>().toEqualTypeOf<typeof sandbox$>();
    expectTypeOf<Codex['debug$']>().toEqualTypeOf<typeof core.debug$>();
    expectTypeOf<ReturnType<Codex['loginStatus$']>>().toEqualTypeOf<Observable<LoginStatus>>();
  });

  it('lays its options under those of the request', async () => {
    const fake = says('a stable true\n');
    const codex = createCodex({ ...fake.options, config: { a: 1, b: 1 }, enable: ['x'] });
    await valuesOf(codex.features$());
    await valuesOf(codex.features$({ config: { b: 2 }, enable: ['y'] }));
    expect(fake.invocations().map(({ argv }) => argv.join(' '))).toEqual([
      '-c a=1 -c b=1 --enable x features list',
      '-c a=1 -c b=2 --enable x --enable y features list',
    ]);
  });

  it('keeps what is for runs only out of its commands: a profile would make the CLI refuse most of them', async () => {
    const fake = says('a stable true\n');
    const codex = createCodex({
      ...fake.options,
      profile: 'p',
      model: 'm',
      search: true,
      safety: 'bypass',
      addDirs: ['/x'],
    });
    await valuesOf(codex.features$());
    await valuesOf(codex.mcpRemove$({ name: 'x' }));
    expect(fake.invocations().map(({ argv }) => argv)).toEqual([
      ['features', 'list'],
      ['--profile', 'p', 'mcp', 'remove', '--', 'x'],
    ]);
  });

  it('does not write its environment into the configuration of a server', async () => {
    const fake = speaking(recordedAt('0.169.0', 'mcp-7-get-json'));
    const codexHome = privateFolder();
    const codex = createCodex({ ...fake.options, codexHome, env: { A_TOKEN: 'secret-value' } });
    await valuesOf(codex.mcpAdd$({ name: 'docs', server: { command: ['x'], env: { B: 'c' } } }));
    expect(fake.invocations()[0]?.env.A_TOKEN).toBe('secret-value');
    expect(readFileSync(join(codexHome, 'config.toml'), 'utf8')).not.toMatch(/A_TOKEN|secret-value/);
    await fake.dispose();
  });
});
