import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { type Capabilities, guard, type ProbeOptions, probeCapabilities$ } from '@codex-rx/core/capabilities';
import { isAlive } from '@codex-rx/testing/processes';
import { lastValueFrom, single } from 'rxjs';
import { realCli, removeFolders } from '../commands/support/real.js';
import { recorded, recordedCapabilities } from './support/recorded.js';
import { completionScript, HANG, removeStubs, stubCli } from './support/stub-cli.js';

afterEach(async () => {
  await whenIdle();
  removeStubs();
  removeFolders();
});

const answers = {
  '--version': 'codex-cli 0.180.0\n',
  'features list': 'plugins  stable  true\n',
  'completion bash': completionScript({ '': '--help exec', exec: '--json --add-dir --help [PROMPT]' }),
};

function probe(options: ProbeOptions): Promise<Capabilities> {
  return lastValueFrom(probeCapabilities$(options).pipe(single()));
}

interface Spans {
  readonly clientRequests: Readonly<Record<string, { readonly until?: string }>>;
}

/** The requests of the newest version. */
const current = new Set(
  Object.entries(
    (JSON.parse(readFileSync(join(__dirname, '../../src/protocol/versions.json'), 'utf8')) as Spans).clientRequests,
  )
    .filter(([, { until }]) => until === undefined)
    .map(([name]) => name),
);

const outcomes = ({ plan }: Capabilities): string[] => plan.map(({ name, outcome }) => `${name} ${outcome}`);

describe('probeCapabilities$', () => {
  it('runs nothing before it is subscribed, and three commands then', async () => {
    const stub = stubCli(answers);
    const probe$ = probeCapabilities$({ binary: stub.binary });
    expect(stub.calls()).toEqual([]);
    const capabilities = await lastValueFrom(probe$);
    expect(stub.calls()).toEqual(['--version', 'completion bash', 'features list']);
    expect(capabilities).toMatchObject({
      version: { version: '0.180.0', channel: 'stable' },
      features: [{ name: 'plugins', stage: 'stable', enabled: true }],
      commands: { exec: { flags: ['--json', '--add-dir', '--help'], args: ['PROMPT'] } },
      fingerprint: { path: stub.binary },
    });
    expect(outcomes(capabilities)).toEqual(['version ok', 'features ok', 'completion ok']);
  });

  it('reads the help of each command if there is no completion script', async () => {
    const { version, features, pages } = recorded('0.44.0');
    const help = Object.fromEntries(Object.entries(pages).map(([path, text]) => [`help ${path}`.trim(), text]));
    const stub = stubCli({ '--version': version, 'features list': features ?? { exit: 2 }, ...help });
    const capabilities = await probe({ binary: stub.binary, timeout: 50_000 });
    expect(outcomes(capabilities)).toEqual(['version ok', 'features failed', 'completion failed', 'help ok']);
    expect(Object.keys(capabilities.commands ?? {}).sort()).toEqual(Object.keys(pages).sort());
    expect(guard(capabilities, 'exec-fork').support).toBe('unsupported');
    expect(guard(capabilities, 'output-schema').support).toBe('supported');
  });

  it('ends for a program that prints the same page for every command', async () => {
    const page = recorded('0.171.0').pages[''] ?? '';
    const stub = stubCli({ help: page, 'help exec': page });
    const capabilities = await probe({ binary: stub.binary, timeout: 50_000 });
    expect(Object.keys(capabilities.commands ?? {})).toEqual(['']);
  });

  it('finds nothing in a program that is not the CLI, and does not fail', async () => {
    const stub = stubCli({});
    const capabilities = await probe({ binary: stub.binary });
    expect(capabilities).toMatchObject({ version: undefined, features: undefined, commands: undefined });
    expect(outcomes(capabilities)).toEqual([
      'version failed',
      'features failed',
      'completion failed',
      'help unreadable',
    ]);
  });

  it('does not read more output than the real CLI prints', async () => {
    const stub = stubCli({
      '--version': 'codex-cli 0.171.0\n',
      'features list': 'foo  stable  true\n'.repeat(300_000),
    });
    const { features, plan } = await lastValueFrom(probeCapabilities$({ binary: stub.binary }));
    expect(features).toBeUndefined();
    expect(plan).toContainEqual({ name: 'features', outcome: 'unreadable' });
  });

  it('does not create a home', async () => {
    const stub = stubCli(answers);
    const codexHome = join(stub.folder, 'home');
    expect((await probe({ binary: stub.binary, codexHome })).commands).toBeDefined();
    expect(readdirSync(stub.folder)).not.toContain('home');
  });

  it('kills a command that does not end in time', async () => {
    const stub = stubCli({ ...answers, 'features list': HANG });
    const capabilities = await probe({ binary: stub.binary, timeout: 1_000, terminateGrace: 50 });
    expect(outcomes(capabilities)).toEqual(['version ok', 'features timeout', 'completion ok']);
    expect(capabilities.features).toBeUndefined();
  });

  it.each(['', 'setsid'])('kills what a wrapper of the CLI leaves running (%s)', async (launcher) => {
    const { binary, folder } = stubCli({});
    const pids = join(folder, 'pids');
    const script = [
      `${launcher} sh -c 'echo $$ >> "${pids}"; exec sleep 300' > /dev/null 2>&1 &`,
      `while ! [ -s "${pids}" ]; do :; done`,
      'echo "codex-cli 0.171.0"',
    ];
    writeFileSync(binary, `#!/bin/sh\n${script.join('\n')}\n`);
    await probe({ binary });
    const children = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(children.length).toBeGreaterThanOrEqual(3);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('has one deadline for the commands and the pages of the help', async () => {
    const help = { sleep: 2, stdout: recorded('0.171.0').pages[''] ?? '' };
    const stub = stubCli({ ...answers, 'completion bash': { sleep: 2, exit: 1 }, help });
    const { plan, commands } = await probe({ binary: stub.binary, timeout: 3_000, terminateGrace: 50 });
    expect(plan.slice(2)).toEqual([
      { name: 'completion', outcome: 'failed' },
      { name: 'help', outcome: 'timeout' },
    ]);
    expect(commands).toBeUndefined();
    expect(stub.calls()).not.toContain('help exec');
  });

  it.each([0, Number.POSITIVE_INFINITY])('has no deadline with a timeout of %s', async (timeout) => {
    const { pages } = recorded('0.44.0');
    const help = Object.fromEntries(Object.entries(pages).map(([path, text]) => [`help ${path}`.trim(), text]));
    const stub = stubCli({ '--version': 'codex-cli 0.44.0\n', ...help });
    expect((await probe({ binary: stub.binary, timeout })).plan.at(-1)).toEqual({ name: 'help', outcome: 'ok' });
  });

  it('emits names without control characters', async () => {
    const stub = stubCli({
      ...answers,
      'features list': 'plug\u001b[2Jins  sta\u0007ble  true\nplain  stable  true\n',
      'completion bash': completionScript({ '': '--help exec', exec: '--json --x\u001b[2J --\u202ey [PROMPT]' }),
    });
    const { features, commands } = await probe({ binary: stub.binary });
    expect(features?.map(({ name, stage }) => [name, stage])).toEqual([
      ['plug\\u001b[2Jins', 'sta\\u0007ble'],
      ['plain', 'stable'],
    ]);
    expect(commands?.exec).toEqual({ flags: ['--json'], args: ['PROMPT'] });
  });

  it('kills its commands when it is unsubscribed', async () => {
    const stub = stubCli({ '--version': HANG, 'features list': HANG, 'completion bash': HANG });
    const subscription = probeCapabilities$({ binary: stub.binary, terminateGrace: 50 }).subscribe();
    subscription.unsubscribe();
    await whenIdle();
    expect(subscription.closed).toBe(true);
  });

  it('probes again if the binary is replaced during the probe', async () => {
    const stub = stubCli(answers);
    const result = lastValueFrom(probeCapabilities$({ binary: stub.binary }));
    // The probe has taken the fingerprint, and spawns its first process later.
    stub.answer({ ...answers, '--version': 'codex-cli 0.181.0\n' });
    const { version, fingerprint } = await result;
    expect(version?.version).toBe('0.181.0');
    expect(fingerprint).toBeDefined();
    expect(stub.calls()).toHaveLength(6);
  });

  it('errors without a binary, and for an invalid option', async () => {
    await expect(probe({ binary: '/nowhere/codex' })).rejects.toMatchObject({ code: 'BINARY_NOT_FOUND' });
    await expect(probe({ binary: stubCli(answers).binary, timeout: -1 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('errors when the signal is aborted, also if nothing has to be executed', async () => {
    const { binary } = stubCli(answers);
    await probe({ binary });
    const options = { binary, signal: AbortSignal.abort() };
    await expect(probe(options)).rejects.toMatchObject({ code: 'ABORT_ERR' });
    const snapshot = recordedCapabilities('0.171.0');
    await expect(probe({ ...options, overrides: { snapshot } })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('errors when the signal is aborted during the probe', async () => {
    const stub = stubCli({ ...answers, '--version': HANG });
    const signal = AbortSignal.timeout(200);
    await expect(probe({ binary: stub.binary, signal, terminateGrace: 50 })).rejects.toMatchObject({
      code: 'ABORT_ERR',
    });
  });
});

describe('probeCapabilities$ with the real CLI', () => {
  it('finds what was recorded, and the methods of the app-server where it is told to', async () => {
    const { workingDirectory, ...options } = realCli();
    const capabilities = await probe({ ...options, workingDirectory, methods: true });
    const expected = recordedCapabilities('0.171.0');
    expect(capabilities.version).toEqual(expected.version);
    expect(capabilities.commands).toEqual(expected.commands);
    expect(capabilities.features?.map(({ name }) => name)).toEqual(expected.features?.map(({ name }) => name));
    expect(outcomes(capabilities)).toEqual(['version ok', 'features ok', 'completion ok', 'methods ok']);
    expect(capabilities.methods?.clientRequests.filter((name) => !current.has(name))).toEqual([]);
    expect(capabilities.methods?.clientRequests.length).toBeGreaterThan(100);
    expect(readdirSync(workingDirectory)).toEqual([]);
  });
});
