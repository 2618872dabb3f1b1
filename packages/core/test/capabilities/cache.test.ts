import { renameSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import {
  type Capabilities,
  capabilityCache,
  capabilityCacheTtlDecision,
  capabilitySnapshotMatchesBinary,
  cliFacts,
  guard,
  type ProbeOptions,
  parseCapabilities,
  probeCapabilities$,
  serializeCapabilities,
} from '@codex-rx/core/capabilities';
import { firstValueFrom } from 'rxjs';
import { completionScript, HANG, removeStubs, stubCli } from './support/stub-cli.js';

beforeEach(() => {
  capabilityCache.clear();
});

afterEach(async () => {
  await whenIdle();
  removeStubs();
});

const probe = (options: ProbeOptions): Promise<Capabilities> => firstValueFrom(probeCapabilities$(options));

const answersOf = (version: string, flags: string) => ({
  '--version': `codex-cli ${version}\n`,
  'features list': 'plugins  stable  true\n',
  'completion bash': completionScript({ '': '--help', exec: flags, 'features list': '--help' }),
});
const newer = answersOf('0.180.0-beta.1 (commit abc1234)', '--add-dir --output-schema');
const older = answersOf('0.170.0', '--add-dir');

describe('the cache of probeCapabilities$', () => {
  it('emits the same value again without running the CLI', async () => {
    const stub = stubCli(newer);
    const first = await probe({ binary: stub.binary });
    expect(first).toMatchObject({ version: { version: '0.180.0-beta.1', channel: 'beta', commit: 'abc1234' } });
    expect(await probe({ binary: stub.binary })).toBe(first);
    expect(stub.calls()).toHaveLength(3);
  });

  it('probes again when the file is written', async () => {
    const stub = stubCli(newer);
    await probe({ binary: stub.binary });
    stub.answer(older);
    const second = await probe({ binary: stub.binary });
    expect(second.version?.version).toBe('0.170.0');
    expect(guard(second, 'output-schema').support).toBe('unsupported');
    expect(guard(second, 'add-dir').support).toBe('supported');
  });

  it('probes again when config.toml of the home changes', async () => {
    const stub = stubCli(newer);
    const options = { binary: stub.binary, codexHome: stub.folder };
    const first = await probe(options);
    writeFileSync(join(stub.folder, 'config.toml'), 'a = 1');
    expect(capabilityCache.get(options)).toBeUndefined();
    expect(await probe(options)).not.toBe(first);
    expect(stub.calls()).toHaveLength(6);
    await probe(options);
    expect(stub.calls()).toHaveLength(6);
  });

  it('probes again when a probe found no version', async () => {
    const stub = stubCli({ '*': { exit: 1 } });
    await probe({ binary: stub.binary });
    expect(capabilityCache.get({ binary: stub.binary })).toBeUndefined();
  });

  it('probes again when the file is edited in place and gets its old time of modification', async () => {
    const stub = stubCli(answersOf('0.170.0', '--add-dir'));
    utimesSync(stub.binary, 1_000, 1_000);
    const { fingerprint } = await probe({ binary: stub.binary });
    stub.answer(answersOf('0.171.0', '--add-dir'));
    utimesSync(stub.binary, 1_000, 1_000);
    const second = await probe({ binary: stub.binary });
    expect(second.fingerprint).toMatchObject({ size: fingerprint?.size, modified: 1_000_000 });
    expect(second.version?.version).toBe('0.171.0');
  });

  it('probes again when another file takes its place, also with the same name and size', async () => {
    const stub = stubCli(answersOf('0.170.0', '--add-dir'));
    const other = stubCli(answersOf('0.171.0', '--add-dir'));
    await probe({ binary: stub.binary });
    renameSync(other.binary, stub.binary);
    expect((await probe({ binary: stub.binary })).version?.version).toBe('0.171.0');
  });

  it('finds the entry of a link by its target, and notices that the link moves', async () => {
    const [a, b] = [stubCli(newer), stubCli(older)];
    const link = join(stubCli({}).folder, 'current');
    symlinkSync(a.binary, link);
    await probe({ binary: a.binary });
    expect((await probe({ binary: link })).fingerprint?.path).toBe(a.binary);
    expect(a.calls()).toHaveLength(3);
    unlinkSync(link);
    symlinkSync(b.binary, link);
    expect((await probe({ binary: link })).version?.version).toBe('0.170.0');
  });

  it('runs the commands again with the policy refresh, and stores the result', async () => {
    const stub = stubCli(newer);
    await probe({ binary: stub.binary });
    const second = await probe({ binary: stub.binary, cachePolicy: 'refresh' });
    expect(stub.calls()).toHaveLength(6);
    expect(capabilityCache.get({ binary: stub.binary })).toBe(second);
  });

  it('leaves no entry with the policy bypass', async () => {
    const stub = stubCli(newer);
    await probe({ binary: stub.binary, cachePolicy: 'bypass' });
    expect(capabilityCache.entries()).toEqual([]);
  });

  it('neither reads nor replaces an entry if the probe has variables of its own', async () => {
    const stub = stubCli(newer);
    const plain = await probe({ binary: stub.binary });
    const other = await probe({ binary: stub.binary, env: { OTHER: '1' } });
    expect(other).not.toBe(plain);
    expect(stub.calls()).toHaveLength(6);
    expect(await probe({ binary: stub.binary })).toBe(plain);
  });

  it('passes variables to the CLI', async () => {
    const stub = stubCli({ '--version': 'codex-cli 0.170.0\n' });
    const other = stubCli(newer);
    const env = { PATH: `${other.folder}:${process.env.PATH ?? ''}`, CODEX_BINARY: undefined };
    expect((await probe({ binary: 'codex', env })).fingerprint?.path).toBe(other.binary);
    expect(stub.calls()).toEqual([]);
  });

  it('resolves a relative path against the working directory of the host', async () => {
    const stub = stubCli(newer);
    const capabilities = await probe({ binary: relative(process.cwd(), stub.binary), workingDirectory: stub.folder });
    expect(capabilities.fingerprint?.path).toBe(stub.binary);
  });

  it('keeps the entries of homes and settings apart, because their features differ', async () => {
    const stub = stubCli(newer);
    const enabled = { ...newer, '--enable plugins features list': 'plugins  stable  false\n' };
    stub.answer(enabled);
    await probe({ binary: stub.binary });
    const other = await probe({ binary: stub.binary, enable: ['plugins'] });
    expect(other.features?.[0]?.enabled).toBe(false);
    expect(capabilityCache.entries()).toHaveLength(2);
  });

  it('does not store the result of a probe that took too long', async () => {
    const stub = stubCli({ ...newer, 'features list': HANG });
    await probe({ binary: stub.binary, timeout: 500, terminateGrace: 50 });
    expect(capabilityCache.entries()).toEqual([]);
  });

  it('runs one more command for methods that the entry does not have', async () => {
    const stub = stubCli(newer);
    await probe({ binary: stub.binary });
    const { plan } = await probe({ binary: stub.binary, methods: true });
    expect(plan.at(-1)).toEqual({ name: 'methods', outcome: 'failed' });
  });

  it('cannot be changed through a value that it emitted', async () => {
    const stub = stubCli(newer);
    const first = await probe({ binary: stub.binary });
    expect(() => {
      (first.commands as Record<string, unknown>).exec = { flags: [], args: [] };
    }).toThrow(TypeError);
    expect(() => {
      (first.commands?.exec?.flags as string[]).push('--worktree');
    }).toThrow(TypeError);
    expect(() => {
      (first.features as unknown[]).length = 0;
    }).toThrow(TypeError);
    expect(guard(await probe({ binary: stub.binary }), 'worktree').support).toBe('unsupported');
  });

  it('does not keep a probe whose version could not be read, although the CLI printed a text', async () => {
    const stub = stubCli({ ...newer, '--version': 'Please wait, an update is being installed.\n' });
    const { version, plan } = await probe({ binary: stub.binary });
    expect(version).toMatchObject({ raw: 'Please wait, an update is being installed.', version: undefined });
    expect(plan[0]).toEqual({ name: 'version', outcome: 'unreadable' });
    expect(capabilityCache.entries()).toEqual([]);
  });

  it('lists, finds and removes entries', async () => {
    const stub = stubCli(newer);
    const found = await probe({ binary: stub.binary });
    expect(capabilityCache.entries()).toEqual([found]);
    expect(capabilityCache.get({ binary: stub.binary })).toBe(found);
    expect(capabilityCache.delete({ binary: stub.binary })).toBe(true);
    expect(capabilityCache.delete({ binary: stub.binary })).toBe(false);
    expect(capabilityCache.get({ binary: stub.binary })).toBeUndefined();
    expect(capabilityCache.entries()).toEqual([]);
  });
});

describe('the overrides of probeCapabilities$', () => {
  it('executes nothing with a snapshot, and keeps its fingerprint', async () => {
    const stub = stubCli(newer);
    const snapshot = cliFacts('0.125.0');
    const capabilities = await probe({ binary: stub.binary, overrides: { snapshot } });
    expect(stub.calls()).toEqual([]);
    expect(capabilities).toMatchObject({ version: snapshot?.version, fingerprint: undefined });
    expect(capabilities.plan).toEqual([
      { name: 'table', outcome: 'ok' },
      { name: 'override', outcome: 'ok' },
    ]);
    expect(capabilityCache.entries()).toEqual([]);
  });

  it('does not make a snapshot of another binary one of this binary, also after it was stored', async () => {
    const [stub, other] = [stubCli(newer), stubCli(older)];
    const snapshot = await probe({ binary: other.binary });
    const capabilities = await probe({ binary: stub.binary, overrides: { snapshot } });
    const stored = parseCapabilities(serializeCapabilities(capabilities));
    expect(capabilitySnapshotMatchesBinary(stored, { binary: stub.binary })).toBe(false);
    expect(capabilitySnapshotMatchesBinary(stored, { binary: other.binary })).toBe(true);
  });

  it('adds and removes features of an entry of another client, without changing the entry', async () => {
    const stub = stubCli(older);
    await probe({ binary: stub.binary });
    const features = { 'output-schema': true, 'exec --add-dir': false };
    const capabilities = await probe({ binary: stub.binary, overrides: { features } });
    expect(guard(capabilities, 'output-schema').support).toBe('supported');
    expect(guard(capabilities, 'add-dir').support).toBe('unsupported');
    expect(capabilities.plan.at(-1)).toEqual({ name: 'override', outcome: 'ok' });
    const plain = await probe({ binary: stub.binary });
    expect(guard(plain, 'output-schema').support).toBe('unsupported');
    expect(guard(plain, 'add-dir').support).toBe('supported');
    expect(stub.calls()).toHaveLength(3);
  });

  it('replaces the version and keeps what was probed', async () => {
    const stub = stubCli(older);
    const capabilities = await probe({ binary: stub.binary, overrides: { version: 'codex-cli 0.199.0-nightly.1' } });
    expect(capabilities.version).toMatchObject({ version: '0.199.0-nightly.1', channel: 'nightly' });
    expect(guard(capabilities, 'add-dir').support).toBe('supported');
    expect(capabilities.plan.at(-1)?.name).toBe('override');
    expect((await probe({ binary: stub.binary })).version?.version).toBe('0.170.0');
  });
});

describe('capabilitySnapshotMatchesBinary', () => {
  it('is true for the probed file only', async () => {
    const stub = stubCli(newer);
    const snapshot = await probe({ binary: stub.binary });
    expect(capabilitySnapshotMatchesBinary(snapshot, { binary: stub.binary })).toBe(true);
    expect(capabilitySnapshotMatchesBinary({ fingerprint: undefined }, { binary: stub.binary })).toBe(false);
    stub.answer(older);
    expect(capabilitySnapshotMatchesBinary(snapshot, { binary: stub.binary })).toBe(false);
  });
});

describe('capabilityCacheTtlDecision', () => {
  const fingerprint = { path: '/bin/codex', size: 1, modified: 1, changed: 1, inode: 1 };
  const after = (seconds: number, ttl: number, known: boolean, attempts?: number) =>
    capabilityCacheTtlDecision(
      { collectedAt: 1_000_000, fingerprint: known ? fingerprint : undefined },
      { ttl: ttl * 1_000, now: 1_000_000 + seconds * 1_000, attempts },
    );

  it('probes if there is nothing', () => {
    expect(capabilityCacheTtlDecision(undefined, { now: 5 })).toEqual({
      shouldProbe: true,
      policy: 'prefer-cache',
      probeAt: 5,
    });
  });

  it('does not probe before the end of the time to live', () => {
    expect(after(90, 300, true)).toEqual({ shouldProbe: false, policy: 'prefer-cache', probeAt: 1_300_000 });
  });

  it('refreshes after the time to live', () => {
    expect(after(9, 5, true)).toMatchObject({ shouldProbe: true, policy: 'refresh' });
    expect(after(5, 5, true).shouldProbe).toBe(true);
    expect(after(0, 0, true).shouldProbe).toBe(true);
  });

  it('bypasses the cache if the file cannot be inspected', () => {
    expect(after(8, 5, false)).toMatchObject({ shouldProbe: true, policy: 'bypass' });
  });

  it('waits longer after each attempt without a fingerprint, at most 15 minutes', () => {
    expect(after(0, 300, false, 1).probeAt - 1_000_000).toBe(600_000);
    expect(after(0, 300, false, 2).probeAt - 1_000_000).toBe(900_000);
    expect(after(0, 300, false, 50).probeAt - 1_000_000).toBe(900_000);
    expect(after(0, 0, false, 5_000).probeAt).toBe(1_000_000);
    expect(after(0, 3_600, false, 3).probeAt - 1_000_000).toBe(3_600_000);
    expect(after(400, 300, false, 1).shouldProbe).toBe(false);
  });

  it('probes if the clock was set back', () => {
    expect(after(-1, 300, true)).toMatchObject({ shouldProbe: true, policy: 'refresh' });
  });
});
