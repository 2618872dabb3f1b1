import { ExitError, HomeError } from '../../src/errors/index.js';
import type { HomeInspection } from '../../src/home/inspect.js';
import type { ConfigInspection } from '../../src/home/inspect-config.js';
import type { PreflightFacts } from '../../src/preflight/facts.js';
import { findProblems } from '../../src/preflight/find-problems.js';

const config = (more: Partial<ConfigInspection> = {}): ConfigInspection => ({
  path: '/home/config.toml',
  exists: true,
  size: 1,
  modified: undefined,
  isPrivate: true,
  problem: undefined,
  state: 'ok',
  settings: {},
  ...more,
});
const home = (settings: object = {}, more: Partial<HomeInspection> = {}) => ({
  value: { root: '/home', exists: true, config: config({ settings: settings as never }), ...more } as HomeInspection,
});
const version = (number: string) => ({ value: { version: number, text: `codex-cli ${number}` } });
const exitError = (category: 'config' | 'unknown') =>
  new ExitError('codex login status exited with code 1: bad.', {
    category,
    exitCode: 1,
    signal: null,
    stderr: '',
    threadId: undefined,
    usage: undefined,
    lastMessage: undefined,
    lastNotice: undefined,
    resetsAt: undefined,
    command: 'codex login status',
  });

const good: PreflightFacts = {
  options: {},
  env: {},
  binary: { value: { path: '/bin/codex', source: 'path' } },
  version: version('0.169.0'),
  login: { value: { state: 'loggedIn', method: 'apiKey', text: 'Logged in' } },
  home: home(),
  homeIsClosed: false,
  homeFrom: 'option',
  profile: undefined,
  hasWorkingDirectory: true,
};
const loggedOut = { login: { value: { state: 'loggedOut' } } } as const;
const codes = (facts: Partial<PreflightFacts>): string[] => findProblems({ ...good, ...facts }).map(({ code }) => code);

describe('findProblems', () => {
  it('returns no problems for a complete set-up', () => {
    expect(codes({})).toEqual([]);
  });

  it.each<[string, Partial<PreflightFacts>, string[]]>([
    ['a version before exec --json', { version: version('0.43.0') }, ['VERSION_TOO_OLD']],
    ['the oldest version', { version: version('0.44.0') }, []],
    ['a pre-release', { version: version('0.170.0-alpha.1') }, []],
    ['another program', { version: { value: { version: '20.0.0', text: 'v20.0.0' } } }, ['BINARY_UNUSABLE']],
    [
      'an option that the version lacks',
      { options: { addDirs: ['/x'] }, version: version('0.47.0') },
      ['OPTION_UNSUPPORTED'],
    ],
    [
      'such an option that may be left out',
      { options: { addDirs: ['/x'], unsupported: 'omit' }, version: version('0.47.0') },
      [],
    ],
    ['a missing folder', { hasWorkingDirectory: false }, ['WORKING_DIRECTORY_NOT_FOUND']],
    ['a home that is no folder', { home: { error: new HomeError('/home', 'is not a folder') } }, ['HOME_UNUSABLE']],
    ['a home of somebody else', { homeIsClosed: true }, ['HOME_UNUSABLE']],
  ])('%s', (_what, facts, expected) => {
    expect(codes(facts)).toEqual(expected);
  });

  describe('of a home that is not there', () => {
    const missing = { home: home({}, { exists: false }) };
    it.each<[string, Partial<PreflightFacts>, string[]]>([
      ['a run creates that of the option', { homeFrom: 'option' }, []],
      ['unless it must not', { homeFrom: 'option', options: { createHomeDirs: false } }, ['HOME_NOT_FOUND']],
      ['the CLI creates the default one', { homeFrom: 'default' }, []],
      ['and refuses that of the environment', { homeFrom: 'environment' }, ['HOME_NOT_FOUND']],
    ])('%s', (_what, facts, expected) => {
      expect(codes({ ...missing, ...facts })).toEqual(expected);
    });
  });

  describe('of the configuration', () => {
    it('reports a file that is not TOML, and no consequences', () => {
      const broken = config({ state: 'invalid', problem: 'not valid TOML at line 1, column 9', settings: undefined });
      expect(codes({ home: home({}, { config: broken }), login: undefined })).toEqual(['CONFIG_INVALID']);
    });

    it('reports once that the CLI rejects the configuration', () => {
      expect(codes({ login: { error: exitError('config') } })).toEqual(['CONFIG_INVALID']);
    });
  });

  describe('of profiles', () => {
    const options = { profile: 'work' };
    const file = (more: Partial<ConfigInspection> = {}) => config({ path: '/home/work.config.toml', ...more });
    const none = file({ exists: false, state: 'missing', settings: undefined });
    it.each<[string, Partial<PreflightFacts>, string[]]>([
      ['since 0.150 it is a file', { profile: file() }, []],
      ['whose absence the CLI does not tell', { profile: none }, ['PROFILE_NOT_FOUND']],
      [
        'and a table in config.toml does not count',
        { profile: none, home: home({ profiles: { work: {} } }) },
        ['PROFILE_NOT_FOUND'],
      ],
      ['that must be TOML', { profile: file({ state: 'invalid', problem: 'not valid TOML' }) }, ['CONFIG_INVALID']],
      [
        'before, it is a table',
        { profile: none, version: version('0.125.0'), home: home({ profiles: { work: {} } }) },
        [],
      ],
      ['and a file does not count', { profile: file(), version: version('0.125.0') }, ['PROFILE_NOT_FOUND']],
      ['an unknown version counts as the newest', { profile: none, version: undefined }, ['PROFILE_NOT_FOUND']],
    ])('%s', (_what, facts, expected) => {
      expect(codes({ options, ...facts })).toEqual(expected);
    });
  });

  describe('of the login', () => {
    const custom = (more: object) =>
      home({ model_provider: 'mine', model_providers: { mine: { name: 'm', ...more } } });
    it.each<[string, Partial<PreflightFacts>, string[]]>([
      ['the default provider needs one', {}, ['LOGGED_OUT']],
      ['or a key for the CLI', { env: { CODEX_API_KEY: 'sk-x' } }, []],
      ['that is not blank', { env: { CODEX_API_KEY: ' ' } }, ['LOGGED_OUT']],
      ['which is not that of other tools', { env: { OPENAI_API_KEY: 'sk-x' } }, ['LOGGED_OUT']],
      ['a local model needs none', { options: { oss: true } }, []],
      ['another provider needs none', { home: custom({}) }, []],
      ['unless it says so', { home: custom({ requires_openai_auth: true }) }, ['LOGGED_OUT']],
      ['it may need a variable', { home: custom({ env_key: 'MY_KEY' }) }, ['PROVIDER_KEY_MISSING']],
      ['which is then set', { home: custom({ env_key: 'MY_KEY' }), env: { MY_KEY: 'x' } }, []],
      [
        'options have the last word over files',
        { home: custom({}), options: { config: { model_provider: 'openai' } } },
        ['LOGGED_OUT'],
      ],
      [
        'and overrides over options',
        { options: { config: { model_provider: 'openai' }, configOverrides: ['model_provider=mine'] } },
        [],
      ],
      [
        'dotted overrides count',
        {
          home: custom({}),
          options: { configOverrides: ['model_providers.mine.env_key="OTHER_KEY"'] },
        },
        ['PROVIDER_KEY_MISSING'],
      ],
      [
        'a profile lies between',
        { profile: config({ settings: { model_provider: 'mine' } }), options: { profile: 'p' } },
        [],
      ],
    ])('%s', (_what, facts, expected) => {
      expect(codes({ ...loggedOut, ...facts })).toEqual(expected);
    });

    it('reports that the CLI cannot read the login', () => {
      expect(codes({ login: { error: exitError('unknown') } })).toEqual(['LOGIN_UNREADABLE']);
    });
  });

  it('gives advice, and contains no secret', () => {
    const [problem] = findProblems({ ...good, ...loggedOut, env: { OTHER_TOKEN: 'very-secret' } });
    expect(problem?.message).toMatch(/login\$.*seedAuthFrom.*CODEX_API_KEY/);
    expect(JSON.stringify(problem)).not.toContain('very-secret');
  });
});

describe('the binary and the home in a folder that the agent may write to', () => {
  const codes = (facts: Partial<PreflightFacts>): string[] =>
    findProblems({ ...good, homeFrom: 'option', ...facts }).map(({ code }) => code);
  const writes = { workingDirectory: '/', sandbox: 'workspace-write' } as const;

  it('are problems where the sandbox lets the agent write', () => {
    expect(codes({ options: writes })).toEqual(['BINARY_IN_WORKSPACE', 'HOME_IN_WORKSPACE']);
    expect(codes({ options: { ...writes, workingDirectory: '/bin' } })).toEqual(['BINARY_IN_WORKSPACE']);
    expect(codes({ options: { ...writes, workingDirectory: '/w', addDirs: ['/home'] } })).toEqual([
      'HOME_IN_WORKSPACE',
    ]);
  });

  it('are problems if only config.toml lets the agent write', () => {
    const settings = { sandbox_mode: 'workspace-write' };
    expect(codes({ options: { workingDirectory: '/bin' }, home: home(settings) })).toEqual(['BINARY_IN_WORKSPACE']);
    expect(codes({ options: { workingDirectory: '/bin', sandbox: 'read-only' }, home: home(settings) })).toEqual([]);
  });

  it('are accepted if the sandbox protects them, or the options allow it', () => {
    expect(codes({ options: { workingDirectory: '/' } })).toEqual([]);
    expect(codes({ options: { ...writes, allowInWorkspace: true } })).toEqual([]);
    expect(codes({ options: { ...writes, workingDirectory: '/home' }, homeFrom: 'default' })).toEqual([]);
  });
});
