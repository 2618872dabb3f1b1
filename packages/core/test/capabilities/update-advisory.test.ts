import { type CodexLatestReleases, parseCliVersion, updateAdvisory } from '@codex-rx/core/capabilities';

const advise = (text: string | undefined, releases: CodexLatestReleases) =>
  updateAdvisory({ version: text === undefined ? undefined : parseCliVersion(text) }, releases);

describe('updateAdvisory', () => {
  it('recommends an update to a newer stable release', () => {
    expect(advise('codex-cli 1.0.0', { stable: '1.1.0' })).toEqual({
      status: 'update-recommended',
      isUpdateRecommended: true,
      local: { channel: 'stable', version: '1.0.0' },
      latest: { channel: 'stable', version: '1.1.0' },
      channel: 'stable',
      notes: ['1.0.0 is older than 1.1.0. Update the CLI.'],
    });
  });

  it.each([undefined, 'codex-cli unreleased'])('recommends an update if the local version is unknown (%j)', (text) => {
    expect(advise(text, { stable: '1.1.0' })).toMatchObject({
      status: 'unknown-local-version',
      isUpdateRecommended: true,
      local: undefined,
      notes: ['The local version could not be parsed; the newest stable release is 1.1.0.'],
    });
  });

  it('recommends nothing for the newest release', () => {
    expect(advise('codex-cli 1.1.0', { stable: '1.1.0' })).toMatchObject({
      status: 'up-to-date',
      isUpdateRecommended: false,
    });
  });

  it('compares a beta with the stable release if no beta is known', () => {
    const advisory = advise('codex-cli 1.1.0-beta.1', { stable: '1.1.0' });
    expect(advisory).toMatchObject({ status: 'update-recommended', channel: 'stable' });
    expect(advisory.notes[0]).toBe('No beta release is known; compared with the stable release.');
  });

  it('compares an alpha with the newest alpha', () => {
    expect(advise('codex-cli 0.172.0-alpha.2', { stable: '0.171.0', alpha: '0.172.0-alpha.10' })).toMatchObject({
      status: 'update-recommended',
      channel: 'alpha',
    });
  });

  it('says that the local version is newer than the known release', () => {
    expect(advise('codex-cli 2.0.0', { stable: '1.1.0' })).toMatchObject({
      status: 'local-newer-than-known',
      isUpdateRecommended: false,
      notes: ['2.0.0 is newer than the known 1.1.0.'],
    });
  });

  it.each(['codex-cli 1.0.0', undefined])('has no advice without a release (%j)', (text) => {
    expect(advise(text, {})).toMatchObject({
      status: 'unknown-latest-version',
      isUpdateRecommended: false,
      latest: undefined,
      notes: ['No release is known, so there is no advice.'],
    });
  });

  it.each(['1.0.0\u001b[2J', '1.0', '\u202e0.0.1'])('does not compare a local version such as %j', (version) => {
    const local = { raw: version, version, channel: 'stable', commit: undefined } as const;
    const { status, notes } = updateAdvisory({ version: local }, { stable: '1.1.0' });
    expect(status).toBe('unknown-local-version');
    expect(notes).toEqual(['The local version could not be parsed; the newest stable release is 1.1.0.']);
  });

  it.each([undefined, 'codex-cli 1.0.0'])('rejects a release that is not a version (local version: %j)', (text) => {
    expect(() => advise(text, { stable: '1.1.0\u001b[2J' })).toThrow(RangeError);
    expect(advise(text, { stable: ' v1.1.0\n' }).latest?.version).toBe('v1.1.0');
  });

  it('compares a build from source with the first known release', () => {
    const [alpha, nightly, beta] = ['1.0.0-alpha.1', '1.0.0-nightly.1', '1.0.0-beta.1'];
    expect(advise('codex-cli 0.0.0', { alpha })).toMatchObject({ channel: 'alpha' });
    expect(advise('codex-cli 0.0.0', { alpha, nightly })).toMatchObject({ channel: 'nightly' });
    expect(advise('codex-cli 0.0.0', { alpha, nightly, beta })).toMatchObject({ channel: 'beta' });
    expect(advise('codex-cli 0.0.0', { alpha, nightly, beta, stable: '0.9.0' })).toMatchObject({ channel: 'stable' });
  });
});
