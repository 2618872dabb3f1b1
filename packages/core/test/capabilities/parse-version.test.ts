import { type CliVersionInfo, compareVersions, parseCliVersion } from '@codex-rx/core/capabilities';
import fc from 'fast-check';
import { recorded, VERSIONS } from './support/recorded.js';

describe('parseCliVersion', () => {
  it.each(VERSIONS)('parses what codex %s prints', (version) => {
    expect(parseCliVersion(recorded(version).version)).toEqual({
      raw: `codex-cli ${version}`,
      version,
      channel: 'stable',
      commit: undefined,
    });
  });

  it.each<[text: string, expected: Partial<CliVersionInfo>]>([
    ['codex-cli 0.172.0-alpha.3\n', { version: '0.172.0-alpha.3', channel: 'alpha' }],
    ['codex-cli 0.0.0\n', { version: '0.0.0', channel: 'custom' }],
    ['codex-cli 0.0.0-dev', { version: '0.0.0-dev', channel: 'custom' }],
    ['codex-cli 0.9.0-beta.1', { version: '0.9.0-beta.1', channel: 'beta' }],
    ['codex-cli 0.9.0-rc.1', { version: '0.9.0-rc.1', channel: 'custom' }],
    ['codex-cli 0.9.0+linux.5', { version: '0.9.0+linux.5', channel: 'stable' }],
    ['codex beta', { raw: 'codex beta', version: undefined, channel: 'beta' }],
    ['codex nightly build', { version: undefined, channel: 'nightly' }],
    ['', { raw: '', version: undefined, channel: 'custom' }],
    ['codex/0.1.0 or 1.2', { version: undefined, channel: 'custom' }],
  ])('parses %j', (text, expected) => {
    expect(parseCliVersion(text)).toMatchObject(expected);
  });

  it('parses a leading v, a nightly pre-release and a commit in parentheses', () => {
    expect(parseCliVersion('codex v1.2.3-nightly.4 (commit abc1234)')).toEqual({
      raw: 'codex v1.2.3-nightly.4 (commit abc1234)',
      version: '1.2.3-nightly.4',
      channel: 'nightly',
      commit: 'abc1234',
    });
  });

  it.each([
    ['codex 1.0.0 (deadbee)', 'deadbee'],
    ['codex 1.0.0 g0123abc', '0123abc'],
    ['codex 1.0.0, commit: 1234567', '1234567'],
    ['codex 1.0.0 (2026-12-01) 20261201', undefined],
    ['codex 1.0.0 abc', undefined],
  ])('finds the commit of %j', (text, commit) => {
    expect(parseCliVersion(text).commit).toBe(commit);
  });

  it('takes the last line with a version, after warnings', () => {
    const text = 'WARNING: helper 9.9.9 could not be created\r\ncodex-cli 0.171.0\r\n\n';
    expect(parseCliVersion(text)).toMatchObject({ raw: 'codex-cli 0.171.0', version: '0.171.0' });
  });

  it('does not throw for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof parseCliVersion(text).raw).toBe('string');
      }),
    );
  });

  it('keeps a short, printable line', () => {
    expect(parseCliVersion('codex-cli 0.171.0 \u001b[2J\u202e').raw).toBe('codex-cli 0.171.0 \\u001b[2J\\u202e');
    expect(parseCliVersion('x'.repeat(1_000_000)).raw).toHaveLength(200);
  });
});

describe('compareVersions', () => {
  it('orders versions by the precedence of Semantic Versioning', () => {
    const ordered = [
      ...['0.44.0', '0.98.0', '0.171.0-alpha', '0.171.0-alpha.1', '0.171.0-alpha.2', '0.171.0-alpha.10'],
      ...['0.171.0-alpha.beta', '0.171.0-beta', '0.171.0', '0.171.1', '1.0.0'],
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it('ignores build metadata and a leading v', () => {
    expect(compareVersions('v0.1.0+a', '0.1.0+b')).toBe(0);
  });

  it('is antisymmetric and equal only for the same precedence', () => {
    const version = fc
      .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-alpha.1', '-alpha.2', '-beta', '-1'))
      .map(([major, minor, patch, suffix]) => `${String(major)}.${String(minor)}.${String(patch)}${suffix}`);
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
        expect(compareVersions(a, b) === 0).toBe(a === b);
      }),
    );
  });

  it('rejects a text that is not a version', () => {
    expect(() => compareVersions('1.2', '1.2.3')).toThrow('"1.2" is not a version, such as 0.171.0.');
    expect(() => compareVersions('\u001b[2J', '1.2.3')).toThrow('a string is not a version, such as 0.171.0.');
    expect(() => compareVersions('9'.repeat(1e6), '1.2.3')).toThrow('a string is not a version, such as 0.171.0.');
  });
});
