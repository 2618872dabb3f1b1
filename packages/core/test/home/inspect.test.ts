import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codexHome } from '../../src/home/layout.js';

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

  it('reports a configuration that is too large or nested too deeply', async () => {
    write('home/config.toml', `${'a.'.repeat(5_000)}a = 1\n`);
    expect((await inspect()).config).toMatchObject({ state: 'invalid', problem: 'nested deeper than 128 levels' });
    write('home/config.toml', '#'.repeat(1024 * 1024 + 1));
    expect((await inspect()).config).toMatchObject({ state: 'unreadable', problem: 'larger than 1048576 bytes' });
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
