import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openFakeCodex, openScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { lastValueFrom } from 'rxjs';
import { resolveBinary } from '../../src/binary/resolve.js';
import { preflight$ } from '../../src/preflight/preflight.js';
import type { Preflight, PreflightOptions } from '../../src/preflight/types.js';

// The CLI warns of homes in the temporary folder.
let place: string;
let codexHome: string;
beforeEach(() => {
  place = mkdtempSync(join(homedir(), '.codex-rx-preflight-test-'));
  codexHome = join(place, 'home');
  mkdirSync(codexHome);
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

const binary = resolveBinary();
const env = { CODEX_API_KEY: undefined, OPENAI_API_KEY: undefined };
const check = (options: PreflightOptions): Promise<Preflight> =>
  lastValueFrom(preflight$({ binary, codexHome, env, ...options }));
const codes = ({ problems }: Preflight): string[] => problems.map(({ code }) => code);

describe('preflight$, with the CLI', () => {
  it('is ready where a run succeeds', async () => {
    await using scripted = await openScriptedModel([]);
    const preflight = await check({ ...scripted.options, binary });
    expect(preflight).toMatchObject({
      ready: true,
      problems: [],
      binary,
      binarySource: 'option',
      version: expect.stringMatching(/^0\.\d+/) as string,
    });
  });

  it('reports that the home is logged out, and is ready once it is logged in', async () => {
    const before = await check({});
    expect([before.ready, codes(before), before.login]).toEqual([false, ['LOGGED_OUT'], { state: 'loggedOut' }]);
    execFileSync(binary, ['login', '--with-api-key'], {
      env: { ...process.env, CODEX_HOME: codexHome },
      input: 'sk-test-abcdefghijklmnop0123456789\n',
      stdio: 'pipe',
    });
    const after = await check({});
    expect([after.ready, after.login]).toMatchObject([true, { state: 'loggedIn', method: 'apiKey' }]);
    expect(after.home?.auth).toMatchObject({ mode: 'apikey' });
    expect(JSON.stringify(after).includes('abcdefghijklmnop')).toBe(false);
  });

  it('reports that a profile is missing, which the CLI does not', async () => {
    const options = { profile: 'work', env: { CODEX_API_KEY: 'sk-test' } };
    const before = await check(options);
    expect(codes(before)).toEqual(['PROFILE_NOT_FOUND']);
    expect(before.problems[0]?.message).toContain(join(codexHome, 'work.config.toml'));
    writeFileSync(join(codexHome, 'work.config.toml'), 'model = "gpt-5.4"\n');
    expect((await check(options)).ready).toBe(true);
  });

  it('reports a configuration that is not TOML', async () => {
    writeFileSync(join(codexHome, 'config.toml'), 'model = \n');
    expect(codes(await check({}))).toEqual(['CONFIG_INVALID']);
  });

  it('reports that the CLI rejects the configuration', async () => {
    writeFileSync(join(codexHome, 'config.toml'), 'model_providers = 7\n');
    expect(codes(await check({}))).toEqual(['CONFIG_INVALID']);
  });

  it('reports a damaged login', async () => {
    writeFileSync(join(codexHome, 'auth.json'), '{bad');
    expect(codes(await check({}))).toEqual(['LOGIN_UNREADABLE']);
  });

  it('reports where the binary was found', async () => {
    const found = await check({ binary: undefined, env: { ...env, CODEX_BINARY: undefined } });
    expect(found).toMatchObject({ binary, binarySource: 'package' });
    const named = await check({ binary: undefined, env: { ...env, CODEX_BINARY: binary } });
    expect(named).toMatchObject({ binary, binarySource: 'environment' });
    expect(await check({ binary: join(place, 'missing') })).toMatchObject({ binarySource: undefined });
  });

  it('creates no home', async () => {
    const missing = join(place, 'missing');
    const preflight = await check({ codexHome: missing });
    expect([codes(preflight), preflight.home?.exists]).toEqual([['LOGGED_OUT'], false]);
    expect(existsSync(missing)).toBe(false);
  });

  it('reports that the home of the environment is missing, or is a file', async () => {
    const missing = join(place, 'missing');
    const options = { codexHome: undefined, env: { ...env, CODEX_HOME: missing } };
    expect(codes(await check(options))).toEqual(['HOME_NOT_FOUND', 'LOGGED_OUT']);
    writeFileSync(missing, '');
    expect(codes(await check(options))).toContain('HOME_UNUSABLE');
  });
});

describe('preflight$, without the CLI', () => {
  const key = { CODEX_API_KEY: 'sk-test' };

  it('reports that it is missing', async () => {
    const preflight = await check({ binary: join(place, 'nothing'), env: key });
    expect(codes(preflight)).toEqual(['BINARY_NOT_FOUND']);
    expect(preflight).toMatchObject({ ready: false, binary: undefined, version: undefined, login: undefined });
  });

  it('reports a file that is not executable, and another program', async () => {
    const script = join(place, 'codex');
    writeFileSync(script, '#!/bin/sh\necho v20.0.0\n');
    expect(codes(await check({ binary: script, env: key }))).toEqual(['BINARY_UNUSABLE']);
    chmodSync(script, 0o755);
    expect(codes(await check({ binary: script, env: key }))).toEqual(['BINARY_UNUSABLE']);
  });

  it('reports a missing working directory', async () => {
    expect(codes(await check({ env: key, workingDirectory: join(place, 'nothing') }))).toEqual([
      'WORKING_DIRECTORY_NOT_FOUND',
    ]);
  });

  it('reports the option that the version lacks', async () => {
    await using fake = await openFakeCodex({ steps: [], version: '0.47.0' });
    const preflight = await check({ binary: fake.binary, env: key, addDirs: [place] });
    expect(preflight.version).toBe('0.47.0');
    expect(codes(preflight)).toContain('OPTION_UNSUPPORTED');
  });

  it('errors for options that no run accepts', async () => {
    await expect(check({ model: 'm', ...{ profil: 'work' } })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'profil',
    });
    await expect(check({ profile: ' ' })).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'profile' });
  });

  it('errors when its signal aborts', async () => {
    await expect(check({ signal: AbortSignal.abort('enough') })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('terminates its processes on unsubscribe', async () => {
    const script = join(place, 'codex');
    writeFileSync(script, `#!/bin/sh\necho $$ > "${place}/pid-$$"\nexec sleep 300\n`, { mode: 0o755 });
    const pids = () => readdirSync(place).flatMap((name) => /^pid-(\d+)$/.exec(name)?.[1] ?? []);
    const subscription = preflight$({ binary: script, codexHome, env: key, terminateGrace: 50 }).subscribe();
    await waitUntil(() => pids().length === 2, 30_000);
    subscription.unsubscribe();
    await waitUntil(() => pids().every((pid) => !existsSync(`/proc/${pid}`)), 30_000);
    expect(pids()).toHaveLength(2);
  });
});
