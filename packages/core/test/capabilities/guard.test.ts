import { type Capabilities, cliFacts, guard, parseCliVersion } from '@codex-rx/core/capabilities';
import { FEATURE_WORDS } from '../../src/capabilities/capability-features.js';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import { recordedCapabilities, VERSIONS } from './support/recorded.js';
import { TRUTH, TRUTH_VERSIONS } from './support/truth-table.js';

const unprobed = { version: undefined, commands: undefined } as const;

/** The truth table as the guard fills it in. */
function supportAt(capabilities: Pick<Capabilities, 'version' | 'commands'>): Record<string, string> {
  return Object.fromEntries(Object.keys(TRUTH).map((feature) => [feature, guard(capabilities, feature).support]));
}

function truthAt(index: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(TRUTH).map(([feature, row]) => [
      feature,
      row.split(' ')[index] === 'Y' ? 'supported' : 'unsupported',
    ]),
  );
}

describe('guard', () => {
  it.each(TRUTH_VERSIONS.map((version, index) => [version, index] as const))(
    'is right about %s from what the CLI lists',
    (version, index) => {
      expect(supportAt(recordedCapabilities(version))).toEqual(truthAt(index));
    },
  );

  it.each(TRUTH_VERSIONS.map((version, index) => [version, index] as const))(
    'is right about %s from the table, if the CLI could not be probed',
    (version, index) => {
      expect(supportAt({ ...unprobed, version: parseCliVersion(version) })).toEqual(truthAt(index));
    },
  );

  it('has an expectation for every named feature', () => {
    expect(Object.keys(FEATURE_WORDS).filter((feature) => !Object.hasOwn(TRUTH, feature))).toEqual([]);
  });

  it('supports every feature that the CLI lists', () => {
    const { support, notes } = guard(recordedCapabilities('0.171.0'), 'exec-fork');
    expect(support).toBe('supported');
    expect(notes).toEqual(['The CLI lists `codex exec fork`.']);
  });

  it('notes that the CLI does not list an unsupported feature', () => {
    expect(guard(recordedCapabilities('0.125.0'), 'exec-fork')).toEqual({
      feature: 'exec-fork',
      support: 'unsupported',
      notes: ['The CLI does not list `codex exec fork`.'],
    });
  });

  it('accepts a command as its notes write it', () => {
    expect(guard(recordedCapabilities('0.171.0'), 'codex  exec fork').notes).toEqual([
      'The CLI lists `codex exec fork`.',
    ]);
  });

  it('does not know a feature without commands and without a version', () => {
    const { support, notes } = guard(unprobed, 'add-dir');
    expect(support).toBe('unknown');
    expect(notes).toEqual([
      'It is unknown whether the CLI has `codex exec --add-dir`: its commands could not be listed.',
      'Its version could not be parsed.',
    ]);
    expect(guard(unprobed, 'features-list').support).toBe('unknown');
  });

  it('says that a version before all measured ones is unknown', () => {
    expect(guard({ ...unprobed, version: parseCliVersion('codex-cli 0.42.0') }, 'json').support).toBe('unknown');
  });

  it('lets an override count before the commands', () => {
    const overrides = { 'exec fork': true, 'exec --json': false };
    const capabilities = { ...recordedCapabilities('0.125.0'), overrides };
    expect(guard(capabilities, 'exec-fork')).toMatchObject({
      support: 'supported',
      notes: ['An override adds `codex exec fork`.'],
    });
    expect(guard(capabilities, 'json').support).toBe('unsupported');
  });

  it.each(['constructor', 'toString', '__proto__'])('does not take %s of every object for an override', (feature) => {
    const capabilities = { ...recordedCapabilities('0.171.0'), overrides: {} };
    expect(guard(capabilities, feature).support).toBe('unsupported');
    expect(guard({ ...unprobed, overrides: {} }, feature).support).toBe('unknown');
  });

  it('does not take a name of every object for a feature', () => {
    for (const name of ['toString', '__proto__', 'exec --constructor'])
      expect(guard(recordedCapabilities('0.171.0'), name).support).toBe('unsupported');
  });
});

describe('cliFacts', () => {
  it.each(VERSIONS)('has the commands of %s as the CLI lists them', (version) => {
    const sorted = (commands: Capabilities['commands']): unknown =>
      Object.entries(commands ?? {})
        .map(([path, { flags, args }]) => [path, [...flags].sort(), [...args].sort()])
        .sort();
    expect(sorted(cliFacts(version)?.commands)).toEqual(sorted(recordedCapabilities(version).commands));
  });

  it('has the commands of the measured version before for another version', () => {
    expect(cliFacts('0.152.3')?.commands).toEqual(cliFacts('0.150.1')?.commands);
    expect(cliFacts('0.150.0-alpha.2')?.commands).toEqual(cliFacts('0.150.1')?.commands);
    expect(cliFacts('codex-cli 9.0.0')?.commands).toEqual(cliFacts('0.171.0')?.commands);
  });

  it.each(['0.43.9', 'no version', ''])('has nothing for %j', (version) => {
    expect(cliFacts(version)).toBeUndefined();
  });
});

describe('the options of a request', () => {
  it.each(VERSIONS)('are the same for %s by its commands and by its version', (version) => {
    const byVersion = cliCapabilities(version);
    expect(cliCapabilities(recordedCapabilities(version))).toEqual(byVersion);
  });

  it('follow the commands of a CLI whose version is misleading', () => {
    const commands = recordedCapabilities('0.125.0').commands;
    const { missing } = cliCapabilities({ version: parseCliVersion('codex-cli 0.171.0'), commands });
    expect(missing.has('fork')).toBe(true);
    expect(missing.get('fork')).toBeUndefined();
    expect(missing.has('addDirs')).toBe(false);
  });

  it('do not follow a flag that needs more than to be there', () => {
    const capabilities = recordedCapabilities('0.154.0');
    expect(guard(capabilities, 'worktree').support).toBe('supported');
    expect(cliCapabilities(capabilities).missing.get('worktree')).toBe('0.159.0');
    const overrides = { 'exec --worktree': true };
    expect(cliCapabilities({ ...capabilities, overrides }).missing.has('worktree')).toBe(false);
  });

  it('follow an override', () => {
    const capabilities = { ...recordedCapabilities('0.171.0'), overrides: { 'exec --add-dir': false } };
    expect([...cliCapabilities(capabilities).missing.keys()]).toEqual(['addDirs']);
  });
});
