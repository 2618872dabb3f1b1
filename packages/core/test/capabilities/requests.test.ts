import { exec$, preflight$, whenIdle } from '@codex-rx/core';
import { capabilityCache, cliFacts, probeCapabilities$ } from '@codex-rx/core/capabilities';
import { features$ } from '@codex-rx/core/commands';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { completionScript, removeStubs, type StubCli, stubCli } from './support/stub-cli.js';

beforeEach(() => {
  capabilityCache.clear();
});

afterEach(async () => {
  await whenIdle();
  removeStubs();
});

const TURN = ['{"type":"thread.started","thread_id":"t1"}', '{"type":"turn.started"}', '{"type":"turn.completed"}'];

/** A CLI of version 0.171.0 whose `exec` lists these flags. */
function cli(flags: string): StubCli {
  return stubCli({
    '--version': 'codex-cli 0.171.0\n',
    'features list': 'plugins  stable  true\n',
    'completion bash': completionScript({ '': '--help', exec: flags }),
    'exec *': `${TURN.join('\n')}\n`,
  });
}

const probe = (stub: StubCli) => firstValueFrom(probeCapabilities$({ binary: stub.binary }));
const run = (options: Parameters<typeof exec$>[0]) => lastValueFrom(exec$(options).pipe(toArray()));
const base = { prompt: 'p', workingDirectory: '.', sandbox: 'read-only' } as const;

describe('a run on a probed CLI', () => {
  it('passes an option that the CLI has, without reading its version again', async () => {
    const stub = cli('--ephemeral');
    await probe(stub);
    await run({ ...base, binary: stub.binary, ephemeral: true });
    expect(stub.calls().filter((call) => call.startsWith('exec') && call.includes(' --ephemeral'))).toHaveLength(1);
    expect(stub.calls().filter((call) => call === '--version')).toHaveLength(1);
  });

  it('rejects an option that the CLI lacks, although its version should have it', async () => {
    const stub = cli('--json');
    await probe(stub);
    await expect(run({ ...base, binary: stub.binary, ephemeral: true })).rejects.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      option: 'ephemeral',
      message:
        'ephemeral is not supported by codex 0.171.0: this CLI lacks it. Install another CLI, or set "unsupported" to "omit" to run without it.',
    });
  });

  it('omits an option that the CLI lacks', async () => {
    const stub = cli('--json');
    await probe(stub);
    const events = await run({ ...base, binary: stub.binary, ephemeral: true, unsupported: 'omit' });
    expect(events.map(({ type }) => type)).toContain('turn.completed');
    expect(JSON.stringify(events)).toContain('ephemeral was omitted: codex 0.171.0 does not support it');
  });

  it('does not use the probe of a binary that has changed', async () => {
    const stub = cli('--json');
    await probe(stub);
    stub.answer({ '--version': 'codex-cli 0.98.0\n' });
    await expect(run({ ...base, binary: stub.binary, ephemeral: true })).rejects.toMatchObject({ since: '0.110.0' });
  });

  it('does not use overrides of another call', async () => {
    const stub = cli('--ephemeral');
    const overrides = { features: { ephemeral: false } };
    await firstValueFrom(probeCapabilities$({ binary: stub.binary, overrides }));
    await expect(run({ ...base, binary: stub.binary, ephemeral: true })).resolves.toBeDefined();
  });
});

describe('the option capabilities', () => {
  it('decides instead of the version and of a probe', async () => {
    const stub = cli('--ephemeral');
    const capabilities = cliFacts('0.98.0');
    const options = { ...base, binary: stub.binary, capabilities };
    await expect(run({ ...options, ephemeral: true })).rejects.toMatchObject({ since: '0.110.0' });
    expect(stub.calls()).toEqual([]);
    const overridden = { ...capabilities, overrides: { 'exec --ephemeral': true } };
    await expect(run({ ...options, capabilities: overridden, ephemeral: true })).resolves.toBeDefined();
  });

  it('is checked by preflight$', async () => {
    const stub = cli('--ephemeral');
    const options = { binary: stub.binary, capabilities: cliFacts('0.98.0'), ephemeral: true };
    const { problems } = await firstValueFrom(preflight$(options));
    expect(problems.map(({ code }) => code)).toContain('OPTION_UNSUPPORTED');
  });

  it.each([[3], ['0.171.0'], [{ commands: [] }], [{ version: '0.171.0' }]])('must not be %j', async (capabilities) => {
    await expect(run({ ...base, capabilities: capabilities as object })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});

describe('a command on a probed CLI', () => {
  it('does not read its version again', async () => {
    const stub = cli('--json');
    await probe(stub);
    await firstValueFrom(features$({ binary: stub.binary }));
    expect(stub.calls().filter((call) => call === '--version')).toHaveLength(1);
  });
});
