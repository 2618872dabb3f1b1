import { whenIdle } from '@codex-rx/core';
import {
  capabilityCache,
  capabilityCacheTtlDecision,
  cliFacts,
  compareVersions,
  guard,
  parseCapabilities,
  parseCapabilityOverrides,
  parseCliVersion,
  probeCapabilities$,
  readCapabilities,
  serializeCapabilities,
  serializeCapabilityOverrides,
  updateAdvisory,
  writeCapabilities,
  writeCapabilityOverrides,
} from '@codex-rx/core/capabilities';
import { firstValueFrom } from 'rxjs';
import { recordedCapabilities } from './support/recorded.js';
import { removeStubs, stubCli } from './support/stub-cli.js';

afterEach(async () => {
  await whenIdle();
  removeStubs();
});

/** A value that the types do not allow. */
const wrong = (value: unknown): never => value as never;
const { binary } = process.platform === 'win32' ? { binary: 'codex' } : stubCli({});
const good = recordedCapabilities('0.171.0');

/** The message of the error that a function throws. */
function problemOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return { ...(error as { code?: string; name: string }), message: (error as Error).message };
  }
  throw new Error('did not throw');
}

const invalid = (field: string, problem: string): object => ({
  code: 'REQUEST_INVALID',
  field,
  message: expect.stringContaining(problem) as string,
});

describe('the options of probeCapabilities$', () => {
  it.each<[options: unknown, field: string, problem: string]>([
    [null, 'options', 'must be a plain object, got null'],
    ['codex', 'options', 'must be a plain object, got "codex"'],
    [{ overrides: null }, 'overrides', 'must be a plain object, got null'],
    [{ overrides: [] }, 'overrides', 'must be a plain object, got an array'],
    [{ overrides: { version: 1 } }, 'overrides.version', 'must be a string, got 1'],
    [{ overrides: { features: ['add-dir'] } }, 'overrides.features', 'must be a plain object, got an array'],
    [{ overrides: { features: { 'add-dir': 'no' } } }, 'overrides.features.add-dir', 'must be true or false, got "no"'],
    [{ overrides: { snapshot: null } }, 'overrides.snapshot', 'expected'],
    [{ overrides: { snapshot: { ...good, plan: 1 } } }, 'overrides.snapshot.plan', 'found'],
    [{ overrides: { snapshto: good } }, 'overrides.snapshto', 'Did you mean "overrides.snapshot"?'],
    [{ methods: 'yes' }, 'methods', 'must be true or false'],
    [{ cachePolicy: 'never' }, 'cachePolicy', 'must be one of'],
    [{ timeout: -1 }, 'timeout', 'must be a number of ms'],
  ])('are rejected on subscription: %j', async (options, field, problem) => {
    const probe$ = probeCapabilities$(
      options === null || typeof options === 'string' ? wrong(options) : { binary, ...(options as object) },
    );
    await expect(firstValueFrom(probe$)).rejects.toMatchObject(invalid(field, problem));
  });
});

describe('a function of /capabilities', () => {
  const facts = good;
  it.each<[name: string, call: () => unknown, field: string, problem: string]>([
    ['guard', () => guard(facts, wrong(null)), 'feature', 'must be a string, got null'],
    ['guard', () => guard(facts, ' '), 'feature', 'must not be empty'],
    ['guard', () => guard(facts, 'exec\u001b[2J'), 'feature', 'control character'],
    ['guard', () => guard(facts, 'exec -m'), 'feature', 'must be a command with or without a long flag'],
    ['guard', () => guard(facts, 'exec --json=1'), 'feature', 'got "exec --json=1"'],
    ['guard', () => guard(facts, '--json exec'), 'feature', 'such as "exec --add-dir"'],
    ['guard', () => guard(wrong(undefined), 'json'), 'capabilities', 'must be a plain object, got undefined'],
    ['guard', () => guard(wrong({ commands: [] }), 'json'), 'capabilities.commands', 'must be a plain object'],
    ['guard', () => guard(wrong({ commands: { exec: {} } }), 'json'), 'capabilities.commands.exec.flags', 'array'],
    [
      'guard',
      () => guard(wrong({ overrides: { 'exec --json': 1 } }), 'json'),
      'capabilities.overrides.exec --json',
      '1',
    ],
    ['guard', () => guard(wrong({ version: { version: 1 } }), 'json'), 'capabilities.version.version', 'string'],
    ['cliFacts', () => cliFacts(wrong(null)), 'version', 'must be a string, got null'],
    ['parseCliVersion', () => parseCliVersion(wrong(undefined)), 'text', 'must be a string, got undefined'],
    ['updateAdvisory', () => updateAdvisory(wrong(null), {}), 'capabilities', 'must be a plain object, got null'],
    ['updateAdvisory', () => updateAdvisory(facts, wrong(null)), 'releases', 'must be a plain object, got null'],
    ['updateAdvisory', () => updateAdvisory(facts, wrong({ stable: 1 })), 'releases.stable', 'must be a string, got 1'],
    ['updateAdvisory', () => updateAdvisory(facts, wrong({ latest: '1.0.0' })), 'releases.latest', 'Unknown option'],
    ['capabilityCache.get', () => capabilityCache.get(wrong(null)), 'options', 'must be a plain object'],
    ['capabilityCache.delete', () => capabilityCache.delete(wrong('codex')), 'options', 'must be a plain object'],
    ['capabilityCacheTtlDecision', () => capabilityCacheTtlDecision(facts, { ttl: Number.NaN }), 'ttl', 'NaN'],
    ['capabilityCacheTtlDecision', () => capabilityCacheTtlDecision(facts, { ttl: -1 }), 'ttl', '-1'],
    ['capabilityCacheTtlDecision', () => capabilityCacheTtlDecision(facts, { attempts: -1 }), 'attempts', '-1'],
    [
      'capabilityCacheTtlDecision',
      () => capabilityCacheTtlDecision(wrong({})),
      'capabilities.collectedAt',
      'undefined',
    ],
    ['serializeCapabilities', () => serializeCapabilities(wrong(null)), 'capabilities', 'expected'],
    ['serializeCapabilities', () => serializeCapabilities(facts, wrong('yaml')), 'format', 'must be one of json, toml'],
    [
      'serializeCapabilities',
      () => serializeCapabilities({ ...facts, collectedAt: Number.NaN }),
      'capabilities.collectedAt',
      'expected a finite number',
    ],
    [
      'serializeCapabilityOverrides',
      () => serializeCapabilityOverrides(wrong({ features: { json: 1 } })),
      'overrides.features.json',
      '1',
    ],
    [
      'writeCapabilities',
      () => {
        writeCapabilities('/nowhere/a.json', wrong(undefined));
      },
      'capabilities',
      'expected',
    ],
    [
      'writeCapabilities',
      () => {
        writeCapabilities(wrong(null), facts);
      },
      'path',
      'must be a string, got null',
    ],
    [
      'writeCapabilityOverrides',
      () => {
        writeCapabilityOverrides('/nowhere/a.toml', wrong([]));
      },
      'overrides',
      'must be a plain object',
    ],
    ['readCapabilities', () => readCapabilities(wrong(1)), 'path', 'must be a string, got 1'],
    ['readCapabilities', () => readCapabilities('a.json', wrong('xml')), 'format', 'must be one of json, toml'],
    ['parseCapabilities', () => parseCapabilities(wrong({})), 'text', 'must be a string, got an object'],
    [
      'parseCapabilityOverrides',
      () => parseCapabilityOverrides('', wrong('ini')),
      'format',
      'must be one of json, toml',
    ],
  ])('%s rejects an invalid argument (%#)', (_name, call, field, problem) => {
    expect(problemOf(call)).toMatchObject(invalid(field, problem));
  });

  it('writes no TOML that it could not read', () => {
    expect(problemOf(() => serializeCapabilities({ ...facts, overrides: { '\ud800': true } }, 'toml'))).toMatchObject(
      invalid('capabilities', 'lone surrogate'),
    );
    expect(problemOf(() => serializeCapabilityOverrides({ version: '\ud800' }, 'toml'))).toMatchObject(
      invalid('overrides', 'lone surrogate'),
    );
  });

  it('compareVersions rejects what is not a version', () => {
    expect(() => compareVersions(wrong(null), '1.0.0')).toThrow(
      new RangeError('null is not a version, such as 0.171.0.'),
    );
  });

  it('stores no value that JSON cannot represent', () => {
    const extra: Record<string, unknown> = {};
    extra.self = extra;
    const features = [{ name: 'plugins', stage: undefined, enabled: true, extra }];
    expect(problemOf(() => serializeCapabilities({ ...facts, features }))).toMatchObject(
      invalid('capabilities', 'cannot be written as JSON'),
    );
  });
});
