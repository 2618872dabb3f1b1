import { needsVersion } from '../../src/request/argv.js';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import type { AnyRunRequest } from '../../src/request/types.js';

const since0150 = ['cyberAccessProgram', 'remote', 'trust', 'worktree'];
const since0144 = [...since0150, 'approvalsReviewer', 'approveForMe', 'fork', 'strictConfig', 'threadSource'];

describe('cliCapabilities', () => {
  it.each([undefined, '', 'nonsense', 'codex-cli dev', 'codex-cli 0.0.0'])(
    'treats %j as the newest known version',
    (version) => {
      expect(cliCapabilities(version)).toEqual(cliCapabilities('0.171.0'));
    },
  );

  it('treats a version newer than the table as the newest known version', () => {
    expect(cliCapabilities('1.0.0')).toMatchObject({
      version: '1.0.0',
      missing: new Map(),
      liveSearch: ['web_search', 'live'],
    });
  });

  it('parses the output of codex --version', () => {
    expect(cliCapabilities('codex-cli 0.125.0\n')).toEqual(cliCapabilities('0.125.0'));
  });

  it('treats a pre-release as its release', () => {
    expect(cliCapabilities('0.171.0-alpha.3').missing.size).toBe(0);
  });

  it.each<[version: string, missing: string[]]>([
    ['0.171.0', []],
    ['0.169.0', ['remote']],
    ['0.163.0', ['remote', 'trust']],
    ['0.159.3', ['cyberAccessProgram', 'remote', 'trust']],
    ['0.154.0', since0150],
    ['0.150.1', since0150],
    ['0.147.0', [...since0150, 'fork', 'threadSource']],
    ['0.144.6', [...since0150, 'approveForMe', 'fork', 'threadSource']],
    ['0.131.0', since0144.filter((option) => option !== 'strictConfig')],
    ['0.125.0', since0144],
    ['0.110.0', [...since0144, 'ignoreRules', 'ignoreUserConfig']],
    ['0.98.0', [...since0144, 'ephemeral', 'ignoreRules', 'ignoreUserConfig']],
    ['0.75.0', [...since0144, 'ephemeral', 'ignoreRules', 'ignoreUserConfig', 'session.all', 'tools']],
  ])('knows what %s lacks', (version, missing) => {
    expect([...cliCapabilities(version).missing.keys()].sort()).toEqual([...missing].sort());
  });

  it('compares numbers, not text', () => {
    expect(cliCapabilities('0.99.0').missing.get('ephemeral')).toBe('0.110.0');
    expect(cliCapabilities('0.110.0').missing.has('ephemeral')).toBe(false);
  });
});

describe('needsVersion', () => {
  it.each<AnyRunRequest>([
    { prompt: 'p' },
    {
      prompt: 'p',
      model: 'm',
      sandbox: 'read-only',
      safety: 'full-auto',
      outputSchema: 's.json',
      config: { a: 1 },
      oss: true,
    },
    { prompt: 'p', enable: [], addDirs: [], images: [], ephemeral: false, search: false },
    { command: 'resume', prompt: 'p', session: 'id' },
  ])('is not so for %j', (request) => {
    expect(needsVersion(request)).toBe(false);
  });

  it.each<AnyRunRequest>([
    { prompt: 'p', enable: ['x'] },
    { prompt: 'p', disable: ['x'] },
    { prompt: 'p', images: ['x'] },
    { prompt: 'p', addDirs: ['x'] },
    { prompt: 'p', localProvider: 'ollama' },
    { prompt: 'p', ephemeral: true },
    { prompt: 'p', approveForMe: true },
    { prompt: 'p', approvalsReviewer: 'auto_review' },
    { prompt: 'p', worktree: true },
    { prompt: 'p', trust: true },
    { prompt: 'p', strictConfig: true },
    { prompt: 'p', threadSource: 'x' },
    { prompt: 'p', cyberAccessProgram: 'standard' },
    { prompt: 'p', remote: 'ws://127.0.0.1:1' },
    { prompt: 'p', ignoreRules: true },
    { prompt: 'p', ignoreUserConfig: true },
    { prompt: 'p', search: true },
    { command: 'resume', prompt: 'p', session: { last: true }, workingDirectory: '/w' },
    { command: 'fork', session: 'id' },
    { command: 'review', target: { uncommitted: true } },
  ])('is so for %j', (request) => {
    expect(needsVersion(request)).toBe(true);
  });
});
