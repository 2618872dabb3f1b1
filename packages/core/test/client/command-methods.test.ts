import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Codex, createCodex, whenIdle } from '@codex-rx/core';
import * as commands from '@codex-rx/core/commands';
import { expectTypeOf } from 'expect-type';
import { EMPTY, type Observable, of } from 'rxjs';
import { lazyModule } from '../../src/client/lazy-module.js';
import { privateFolder, removeFolders } from '../commands/support/real.js';
import { recordedAt, speaking } from '../commands/support/recorded.js';
import { removeStandIns, says, standIn, valuesOf } from '../commands/support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

const runs = ['exec$', 'resume$', 'fork$', 'review$', 'run$', 'lines$', 'sendPrompt$', 'runTurn$'];
const groups = {
  auth: ['status$', 'login$', 'logout$', 'ensureApiKey$', 'ensureChatGpt$'],
  cloud: ['exec$', 'list$', 'status$', 'diff$', 'apply$'],
  features: ['list$', 'enable$', 'disable$'],
  mcp: ['list$', 'get$', 'add$', 'remove$', 'login$', 'logout$'],
  plugins: ['list$', 'add$', 'remove$'],
  marketplaces: ['list$', 'add$', 'remove$', 'upgrade$'],
};
const others = ['preflight$', 'sessions$', 'options', 'thread', 'with'];

describe('the commands of a client', () => {
  it('are those of @codex-rx/core/commands, grouped where several are about one topic', () => {
    const codex = createCodex();
    for (const [group, names] of Object.entries(groups)) {
      for (const name of names) expect(codex).toHaveProperty([group, name], expect.any(Function));
    }
    const standalone = Object.keys(codex).filter(
      (name) => ![...runs, ...others, ...Object.keys(groups)].includes(name),
    );
    for (const name of standalone) expect(commands).toHaveProperty([name], expect.any(Function));
    const grouped = Object.values(groups).flat().length;
    expect(standalone.length + grouped).toBe(Object.keys(commands).length);
  });

  it('have the signatures of @codex-rx/core/commands', () => {
    expectTypeOf<Codex['features']['list$']>().toEqualTypeOf<typeof commands.features$>();
    expectTypeOf<Codex['sandbox$']>().toEqualTypeOf<typeof commands.sandbox$>();
    expectTypeOf<Codex['debug$']>().toEqualTypeOf<typeof commands.debug$>();
    expectTypeOf<Codex['openStdioToUds']>().toEqualTypeOf<typeof commands.openStdioToUds>();
    expectTypeOf<ReturnType<Codex['auth']['status$']>>().toEqualTypeOf<Observable<commands.LoginStatus>>();
  });

  it('merges its options under those of the request', async () => {
    const fake = says('a stable true\n');
    const codex = createCodex({ ...fake.options, config: { a: 1, b: 1 }, enable: ['x'] });
    await valuesOf(codex.features.list$());
    await valuesOf(codex.features.list$({ config: { b: 2 }, enable: ['y'] }));
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
    await valuesOf(codex.features.list$());
    await valuesOf(codex.mcp.logout$({ name: 'x' }));
    expect(fake.invocations().map(({ argv }) => argv)).toEqual([
      ['features', 'list'],
      ['--profile', 'p', 'mcp', 'logout', '--', 'x'],
    ]);
  });

  it('does not write its environment into the configuration of a server', async () => {
    const fake = speaking(recordedAt('0.169.0', 'mcp-7-get-json'));
    const codexHome = privateFolder();
    const codex = createCodex({ ...fake.options, codexHome, env: { A_TOKEN: 'secret-value' } });
    await valuesOf(codex.mcp.add$({ name: 'docs', server: { command: ['x'], env: { B: 'c' } } }));
    expect(fake.invocations()[0]?.env.A_TOKEN).toBe('secret-value');
    expect(readFileSync(join(codexHome, 'config.toml'), 'utf8')).not.toMatch(/A_TOKEN|secret-value/);
    await fake.dispose();
  });

  it('call the command of the same topic with their request', async () => {
    const fake = standIn();
    const { auth, cloud, features, mcp } = createCodex(fake.options);
    const calls: Observable<unknown>[] = [
      auth.logout$(),
      cloud.diff$({ taskId: 't' }),
      cloud.apply$({ taskId: 't' }),
      features.enable$({ feature: 'x' }),
      features.disable$({ feature: 'x' }),
      mcp.logout$({ name: 'x' }),
      mcp.login$({ name: 'x' }),
    ];
    await Promise.allSettled(calls.map((call$) => valuesOf(call$)));
    expect(
      fake
        .invocations()
        .map(({ argv }) => argv.slice(0, 2).join(' '))
        .sort(),
    ).toEqual(
      ['logout', 'cloud diff', 'cloud apply', 'features enable', 'features disable', 'mcp logout', 'mcp login'].sort(),
    );
  });
});

describe('lazyModule', () => {
  const importing = (delay: Promise<unknown> = Promise.resolve()) => {
    const importModule = jest.fn(async () => {
      await delay;
      return { value: 1 };
    });
    return { importModule, module: lazyModule(importModule) };
  };

  it('imports nothing before the first subscription, and once for all of them', async () => {
    const { importModule, module } = importing();
    const value$ = module.defer$(({ value }) => of(value));
    expect(importModule).not.toHaveBeenCalled();
    expect([await valuesOf(value$), await valuesOf(value$)]).toEqual([[1], [1]]);
    expect(importModule).toHaveBeenCalledTimes(1);
  });

  it('subscribes synchronously once the module is loaded', async () => {
    const { module } = importing();
    await module.load();
    const seen: number[] = [];
    module.defer$(({ value }) => of(value)).subscribe((value) => seen.push(value));
    expect(seen).toEqual([1]);
  });

  it('does not create an Observable for a subscriber that unsubscribed while the module was loading', async () => {
    const { module } = importing();
    const create$ = jest.fn(() => EMPTY);
    module.defer$(create$).subscribe().unsubscribe();
    await module.load();
    await whenIdle();
    expect(create$).not.toHaveBeenCalled();
  });

  it('reports a module that cannot be loaded, and tries again for the next subscriber', async () => {
    let fails = true;
    const module = lazyModule(async () => {
      await Promise.resolve();
      if (fails) throw new Error('no such file');
      return { value: 2 };
    });
    const value$ = module.defer$(({ value }) => of(value));
    await expect(valuesOf(value$)).rejects.toThrow('no such file');
    fails = false;
    await expect(valuesOf(value$)).resolves.toEqual([2]);
  });

  it('keeps whenIdle() waiting while the module is loading', async () => {
    let release: (() => void) | undefined;
    const { module } = importing(
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    );
    let isIdle = false;
    module.defer$(({ value }) => of(value)).subscribe();
    const idle = whenIdle().then(() => {
      isIdle = true;
    });
    await Promise.resolve();
    expect(isIdle).toBe(false);
    release?.();
    await idle;
  });
});
