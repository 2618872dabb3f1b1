import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { resolveBinary } from '../../src/binary/resolve.js';
import { codexHome } from '../../src/home/layout.js';

describe('seedAuthFrom, with the CLI', () => {
  // The CLI warns of homes in the temporary folder.
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(homedir(), '.codex-rx-home-test-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('logs a home in', async () => {
    const binary = resolveBinary();
    const [seed, target] = [codexHome(join(root, 'seed')), codexHome(join(root, 'target'))];
    const codex = (home: string, ...argv: string[]) =>
      spawnSync(binary, argv, { env: { ...process.env, CODEX_HOME: home }, encoding: 'utf8' });
    seed.materialize();
    target.materialize();
    execFileSync(binary, ['login', '--with-api-key'], {
      env: { ...process.env, CODEX_HOME: seed.root },
      input: 'sk-test-abcdefghijklmnop0123456789\n',
      stdio: 'pipe',
    });
    expect(codex(target.root, 'login', 'status').status).toBe(1);

    expect(target.seedAuthFrom(seed, { requireAuth: true })).toEqual({ copiedAuth: true, copiedCredentials: false });

    expect(codex(target.root, 'login', 'status').status).toBe(0);
    expect((await target.inspect()).auth).toMatchObject({ state: 'ok', mode: 'apikey', isPrivate: true });
  });
});
