import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
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
