import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { HomeError } from '../../src/errors/index.js';
import { codexHome } from '../../src/home/layout.js';
import type { AuthSeedOptions } from '../../src/home/seed-auth.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'codex-home-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string, mode = 0o644): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  chmodSync(full, mode);
  return full;
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const mode = (path: string): number => statSync(join(root, path)).mode & 0o777;

describe('codexHome', () => {
  it('returns the paths, and does not touch the disk', () => {
    const home = codexHome(join(root, 'home'));
    expect(home).toMatchObject({
      root: join(root, 'home'),
      configPath: join(root, 'home', 'config.toml'),
      authPath: join(root, 'home', 'auth.json'),
      credentialsPath: join(root, 'home', '.credentials.json'),
      historyPath: join(root, 'home', 'history.jsonl'),
      sessionsDir: join(root, 'home', 'sessions'),
      archivedSessionsDir: join(root, 'home', 'archived_sessions'),
      conversationsDir: join(root, 'home', 'conversations'),
      logsDir: join(root, 'home', 'logs'),
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it('resolves a relative root against the working directory of the host', () => {
    expect(codexHome(relative(process.cwd(), root)).root).toBe(root);
  });

  it.each<[unknown]>([[''], [' '], ['a\0b'], [undefined]])('rejects %j', (bad) => {
    expect(() => codexHome(bad as string)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', field: 'root' }) as Error,
    );
  });
});

describe('materialize', () => {
  it('creates the home and its folders, for the owner only', () => {
    codexHome(join(root, 'a/home')).materialize();
    expect(readdirSync(join(root, 'a/home')).sort()).toEqual(['conversations', 'logs']);
    expect([mode('a/home'), mode('a/home/logs')]).toEqual([0o700, 0o700]);
  });

  it('changes nothing that exists', () => {
    write('home/logs/x.log', 'x');
    chmodSync(join(root, 'home'), 0o755);
    codexHome(join(root, 'home')).materialize();
    expect(read('home/logs/x.log')).toBe('x');
    expect(mode('home')).toBe(0o755);
  });

  it('creates nothing with create: false', () => {
    codexHome(join(root, 'home')).materialize(false);
    expect(readdirSync(root)).toEqual([]);
  });

  it('names the folder that cannot be created', () => {
    const file = write('home', '');
    expect(() => {
      codexHome(file).materialize();
    }).toThrow(expect.objectContaining({ code: 'HOME_FAILED', path: file }) as Error);
    rmSync(file);
    const logs = write('home/logs', '');
    expect(() => {
      codexHome(join(root, 'home')).materialize();
    }).toThrow(expect.objectContaining({ code: 'HOME_FAILED', path: logs }) as Error);
  });
});

describe('seedAuthFrom', () => {
  const seed = (options?: AuthSeedOptions): unknown =>
    codexHome(join(root, 'target')).seedAuthFrom(join(root, 'seed'), options);

  function errorOf(options?: AuthSeedOptions): HomeError {
    try {
      seed(options);
    } catch (error) {
      if (error instanceof HomeError) return error;
      throw error;
    }
    throw new Error('nothing was raised');
  }

  it('copies both files into a home that does not exist, for the owner only, and nothing else', () => {
    write('seed/auth.json', '{"a":1}', 0o644);
    write('seed/.credentials.json', '{"b":2}', 0o666);
    for (const name of ['history.jsonl', 'config.toml', 'logs/x', 'sessions/y']) write(`seed/${name}`, name);
    expect(seed()).toEqual({ copiedAuth: true, copiedCredentials: true });
    expect(readdirSync(join(root, 'target')).sort()).toEqual(['.credentials.json', 'auth.json']);
    expect([read('target/auth.json'), read('target/.credentials.json')]).toEqual(['{"a":1}', '{"b":2}']);
    expect([mode('target'), mode('target/auth.json'), mode('target/.credentials.json')]).toEqual([0o700, 0o600, 0o600]);
  });

  it('accepts a layout as the other home', () => {
    write('seed/auth.json', '{}');
    expect(codexHome(join(root, 'target')).seedAuthFrom(codexHome(join(root, 'seed')))).toEqual({
      copiedAuth: true,
      copiedCredentials: false,
    });
  });

  it('skips what is missing and not required, and then creates nothing', () => {
    mkdirSync(join(root, 'seed'));
    expect(seed()).toEqual({ copiedAuth: false, copiedCredentials: false });
    expect(existsSync(join(root, 'target'))).toBe(false);
  });

  it('replaces a login, and changes nothing else', () => {
    write('seed/auth.json', 'new');
    write('target/auth.json', 'old');
    write('target/config.toml', 'mine');
    seed();
    expect([read('target/auth.json'), read('target/config.toml'), mode('target/auth.json')]).toEqual([
      'new',
      'mine',
      0o600,
    ]);
    expect(readdirSync(join(root, 'target')).sort()).toEqual(['auth.json', 'config.toml']);
  });

  it('replaces a link in this home instead of writing through it', () => {
    write('seed/auth.json', 'new');
    const elsewhere = write('elsewhere', 'precious');
    mkdirSync(join(root, 'target'));
    symlinkSync(elsewhere, join(root, 'target/auth.json'));
    seed();
    expect(read('elsewhere')).toBe('precious');
    expect(lstatSync(join(root, 'target/auth.json')).isSymbolicLink()).toBe(false);
  });

  it('follows a link inside of the other home, and a home that is a link', () => {
    write('real/logins/auth.json', 'linked');
    symlinkSync('logins/auth.json', join(root, 'real/auth.json'));
    symlinkSync('real', join(root, 'seed'));
    seed();
    expect(read('target/auth.json')).toBe('linked');
  });

  it('does not follow a link out of the other home', () => {
    write('elsewhere', 'secret');
    mkdirSync(join(root, 'seed'));
    symlinkSync('../elsewhere', join(root, 'seed/auth.json'));
    expect(errorOf()).toMatchObject({ code: 'SEED_FILE_OUTSIDE', path: join(root, 'seed/auth.json') });
    expect(existsSync(join(root, 'target'))).toBe(false);
  });

  it('throws a code for each problem of the other home', () => {
    expect(errorOf()).toMatchObject({
      code: 'SEED_HOME_UNREADABLE',
      path: join(root, 'seed'),
      cause: { code: 'ENOENT' },
    });
    write('seed', '');
    expect(errorOf()).toMatchObject({ code: 'SEED_HOME_NOT_DIRECTORY', path: join(root, 'seed') });
  });

  it('throws for a required file that is missing, and copies nothing', () => {
    mkdirSync(join(root, 'seed'));
    expect(errorOf({ requireAuth: true, requireCredentials: true })).toMatchObject({
      code: 'SEED_FILE_MISSING',
      path: join(root, 'seed/auth.json'),
    });
    write('seed/auth.json', '{}');
    expect(errorOf({ requireCredentials: true })).toMatchObject({
      code: 'SEED_FILE_MISSING',
      path: join(root, 'seed/.credentials.json'),
    });
    expect(existsSync(join(root, 'target'))).toBe(false);
  });

  it('throws for a path that is not a file', () => {
    mkdirSync(join(root, 'seed/auth.json'), { recursive: true });
    expect(errorOf()).toMatchObject({ code: 'SEED_FILE_NOT_FILE', path: join(root, 'seed/auth.json') });
  });

  it('does not create the target with createTargetDirs: false', () => {
    write('seed/auth.json', '{}');
    expect(errorOf({ createTargetDirs: false })).toMatchObject({
      code: 'SEED_COPY_FAILED',
      path: join(root, 'target/auth.json'),
    });
    expect(existsSync(join(root, 'target'))).toBe(false);
    mkdirSync(join(root, 'target'));
    expect(seed({ createTargetDirs: false })).toMatchObject({ copiedAuth: true });
  });

  it('throws for a target that cannot be created', () => {
    write('seed/auth.json', '{}');
    write('target', '');
    expect(errorOf()).toMatchObject({ code: 'SEED_TARGET_FAILED', path: join(root, 'target') });
  });

  it('copies neither file if one path is a folder, and removes temporary files', () => {
    write('seed/auth.json', 'new');
    write('seed/.credentials.json', 'new');
    write('target/auth.json', 'old');
    mkdirSync(join(root, 'target/.credentials.json'));
    expect(errorOf()).toMatchObject({ code: 'SEED_COPY_FAILED', path: join(root, 'target/.credentials.json') });
    expect(read('target/auth.json')).toBe('old');
    expect(readdirSync(join(root, 'target')).sort()).toEqual(['.credentials.json', 'auth.json']);
  });

  it('keeps the content of a login out of its errors', () => {
    write('seed/auth.json', '{"OPENAI_API_KEY":"sk-very-secret-key"}');
    mkdirSync(join(root, 'target/auth.json'), { recursive: true });
    expect(JSON.stringify(errorOf(), Object.getOwnPropertyNames(errorOf()))).not.toContain('secret');
  });
});

describe('inspect', () => {
  const inspect = () => codexHome(join(root, 'home')).inspect();

  it('resolves to an empty home if it does not exist', async () => {
    const found = await inspect();
    expect(found).toMatchObject({
      exists: false,
      config: { exists: false, state: 'missing', settings: undefined },
      auth: { state: 'missing', mode: undefined },
      history: { exists: false, size: 0, modified: undefined, problem: undefined },
      sessions: { exists: false, count: 0, size: 0, modified: undefined },
    });
  });

  it('resolves to sizes, times and counts', async () => {
    const history = write('home/history.jsonl', '12345', 0o600);
    utimesSync(history, new Date(1000), new Date(2000));
    const a = write('home/sessions/2026/01/02/rollout-2026-01-02T03-04-05-a.jsonl', '123');
    const b = write('home/sessions/2026/01/03/rollout-2026-01-03T03-04-05-b.jsonl', '4567');
    utimesSync(a, new Date(0), new Date(9000));
    utimesSync(b, new Date(0), new Date(5000));
    write('home/sessions/notes.txt', 'no rollout');
    write('home/archived_sessions/rollout-2026-01-01T03-04-05-c.jsonl', '1');
    write('home/logs/deep/x.log', '12');
    const found = await inspect();
    expect(found).toMatchObject({
      exists: true,
      history: { exists: true, size: 5, modified: new Date(2000), isPrivate: true, problem: undefined },
      sessions: { exists: true, count: 2, size: 7, modified: new Date(9000), path: join(root, 'home/sessions') },
      archivedSessions: { exists: true, count: 1, size: 1 },
      logs: { exists: true, count: 1, size: 2 },
      conversations: { exists: false, count: 0 },
      credentials: { exists: false },
    });
  });

  it('parses the configuration, and masks its secrets', async () => {
    write(
      'home/config.toml',
      [
        'model = "gpt-5.5"',
        'big = 9007199254740993',
        'when = 2026-01-02T03:04:05Z',
        '[model_providers.x]',
        'env_key = "MY_KEY"',
        'experimental_bearer_token = "topsecret"',
        'base_url = "https://me:topsecret@example.org/v1"',
        '[mcp_servers."a.b"]',
        'args = ["--x", "Bearer topsecret1"]',
        'env = { API_KEY = "topsecret", PATH = "/bin" }',
        '[[list]]',
        'a = 1.5',
      ].join('\n'),
    );
    const { config } = await inspect();
    expect(config.state).toBe('ok');
    expect(config.settings).toMatchObject({
      model: 'gpt-5.5',
      model_providers: {
        x: { env_key: 'MY_KEY', experimental_bearer_token: '***', base_url: 'https://me:***@example.org/v1' },
      },
      mcp_servers: { 'a.b': { args: ['--x', 'Bearer ***'], env: { API_KEY: '***', PATH: '/bin' } } },
      list: [{ a: 1.5 }],
    });
    expect((config.settings?.when as Date).toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(JSON.stringify(config)).not.toContain('topsecret');
  });

  it('reports the position of invalid TOML, without quoting it', async () => {
    write('home/config.toml', 'a = 1\napi_key = topsecret\n');
    const { config } = await inspect();
    expect(config).toMatchObject({
      state: 'invalid',
      settings: undefined,
      problem: expect.stringMatching(/line 2, column \d+/) as string,
    });
    expect(JSON.stringify(config)).not.toContain('topsecret');
  });

  it('reports a folder in place of a file', async () => {
    mkdirSync(join(root, 'home/config.toml'), { recursive: true });
    mkdirSync(join(root, 'home/auth.json'));
    const found = await inspect();
    expect(found.config).toMatchObject({ state: 'unreadable', problem: 'not a file' });
    expect(found.auth).toMatchObject({ state: 'unreadable', problem: 'not a file' });
  });

  it.each<[content: string, mode: string | undefined]>([
    ['{"auth_mode":"apikey","OPENAI_API_KEY":"sk-topsecret-1"}', 'apikey'],
    ['{"OPENAI_API_KEY":"sk-topsecret-1"}', 'apikey'],
    ['{"OPENAI_API_KEY":null,"tokens":{"access_token":"topsecret"},"last_refresh":"2026-01-02T03:04:05Z"}', 'chatgpt'],
    ['{"auth_mode":"future"}', 'future'],
    ['{}', undefined],
  ])('knows how %s is logged in, and shows no secret', async (content, expected) => {
    write('home/auth.json', content, 0o600);
    const { auth } = await inspect();
    expect(auth).toMatchObject({ state: 'ok', mode: expected, isPrivate: true });
    expect(auth.lastRefresh?.getTime()).toBe(
      content.includes('last_refresh') ? Date.UTC(2026, 0, 2, 3, 4, 5) : undefined,
    );
    expect(JSON.stringify(auth)).not.toContain('topsecret');
  });

  it.each(['', '[]', 'null', '{', '"text"'])('reports that %j is not a login', async (content) => {
    write('home/auth.json', content);
    expect((await inspect()).auth).toMatchObject({ state: 'invalid', mode: undefined, isPrivate: false });
  });

  it('rejects a home that is not a folder', async () => {
    const file = write('home', '');
    await expect(inspect()).rejects.toMatchObject({ name: 'HomeError', code: 'HOME_FAILED', path: file });
  });
});
