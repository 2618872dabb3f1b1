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
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
