import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { type AppRuntimeDefinition, type AppRuntimes, appRuntimes } from '@codex-rx/core/mcp';
import { type FakeAppServerProgram, openFakeAppServer, serverTurn } from '@codex-rx/testing';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, lastValueFrom } from 'rxjs';

let fake: FakeAppServerProgram;
let home: string;
let runtimes: AppRuntimes;
const text = (): string => readFileSync(runtimes.path, 'utf8');
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeEach(async () => {
  fake = await openFakeAppServer({ turns: [serverTurn.say('Hello.'), serverTurn.say('Hello.')] });
  home = mkdtempSync(join(tmpdir(), 'codex-rx-apps-'));
  runtimes = appRuntimes(home, { binary: fake.binary, codexHome: home, terminateGrace: 300, env: { A: 'd', B: 'd' } });
});
afterEach(async () => {
  await whenIdle();
  await fake[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const full: AppRuntimeDefinition = {
  description: 'reviews',
  tags: ['ci'],
  binary: '/opt/codex',
  codexHome: '/srv/home',
  env: { B: 'own' },
  requestTimeout: 7,
  metadata: { deep: [null, { a: 1 }] },
};

describe('a secret', () => {
  const token = `sk-${'a'.repeat(24)}`;

  it.each<[string, AppRuntimeDefinition]>([
    ['description', { description: `use ${token}` }],
    ['tags[0]', { tags: [token] }],
    ['metadata', { metadata: token }],
    ['metadata', { metadata: { deep: [{ text: `key ${token}` }] } }],
    ['metadata', { metadata: { apiKey: 'v' } }],
    ['metadata', { metadata: { [token]: 1 } }],
  ])('is not stored in %s: %#', async (field, definition) => {
    for (const one$ of [runtimes.add$('a', definition), runtimes.update$('a', definition)]) {
      const error = await errorOf(firstValueFrom(one$));
      expect(error).toMatchObject({ code: 'REQUEST_INVALID', field });
      expect(String(error)).not.toContain(token);
    }
    expect(await errorOf(firstValueFrom(runtimes.add$(token, {})))).toMatchObject({ field: 'name' });
    expect(readdirSync(home)).toEqual([]);
  });

  it('is not what metadata usually has', async () => {
    const metadata = { token_count: 5, owner: 'team', keys: [1], env_key: 'API_KEY' };
    await firstValueFrom(runtimes.add$('a', { metadata }));
    expect(await firstValueFrom(runtimes.get$('a'))).toMatchObject({ metadata });
  });
});

describe('stored app-servers', () => {
  it('are kept in a file of their own, for the owner only, with metadata that TOML could not have', async () => {
    await firstValueFrom(runtimes.add$('full', full));
    await firstValueFrom(runtimes.add$('bare', {}));
    expect(await firstValueFrom(runtimes.list$())).toEqual([{ name: 'bare' }, { ...full, name: 'full' }]);
    expect(await firstValueFrom(runtimes.get$('full'))).toEqual({ ...full, name: 'full' });
    expect(await firstValueFrom(runtimes.get$('none'))).toBeUndefined();
    expect(readdirSync(home)).toEqual(['app-runtimes.json']);
    expect(statSync(runtimes.path).mode & 0o777).toBe(0o600);
  });

  it('win over the defaults, and merge variables; reading starts and changes nothing', async () => {
    await firstValueFrom(runtimes.add$('full', full));
    await firstValueFrom(runtimes.add$('bare', {}));
    const before = text();
    expect(runtimes.launcher('full').options()).toEqual({
      binary: '/opt/codex',
      codexHome: '/srv/home',
      requestTimeout: 7,
      terminateGrace: 300,
      env: { A: 'd', B: 'own' },
    });
    expect(runtimes.launcher('bare').options()).toMatchObject({ binary: fake.binary, env: { A: 'd', B: 'd' } });
    expect(runtimes.launcher('full').runtime.metadata).toEqual(full.metadata);
    expect(text()).toBe(before);
    expect(fake.received).toEqual([]);
  });

  it('are updated and removed, each without the others', async () => {
    await firstValueFrom(runtimes.add$('a', { model: 'm', tags: ['x'] }));
    await firstValueFrom(runtimes.add$('b', {}));
    expect(await firstValueFrom(runtimes.update$('a', { tags: undefined, model: 'n' }))).toEqual({
      name: 'a',
      model: 'n',
    });
    expect(await errorOf(firstValueFrom(runtimes.add$('a', {})))).toMatchObject({ field: 'name' });
    expect(await firstValueFrom(runtimes.add$('a', { model: 'o' }, { overwrite: true }))).toEqual({
      name: 'a',
      model: 'o',
    });
    expect(await firstValueFrom(runtimes.remove$('a'))).toEqual({ name: 'a', model: 'o' });
    expect(await firstValueFrom(runtimes.remove$('a'))).toBeUndefined();
    expect(await errorOf(firstValueFrom(runtimes.update$('a', {})))).toMatchObject({ field: 'name' });
    expect(await firstValueFrom(runtimes.list$())).toEqual([{ name: 'b' }]);
  });

  it.each<[string, object]>([
    ['runtime.env.API_KEY', { env: { API_KEY: 'v' } }],
    ['tags', { tags: 'ci' }],
    ['requestTimeout', { requestTimeout: -1 }],
    ['binary', { binary: '~/codex' }],
    ['metadata', { metadata: () => 1 }],
    ['approvals', { approvals: () => undefined }],
  ])('are rejected with a wrong %s, before anything is written', async (field, wrong) => {
    const error = await errorOf(firstValueFrom(runtimes.add$('a', wrong)));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: field.replace('runtime.', '') });
    expect(readdirSync(home)).toEqual([]);
  });

  it.each(['{', '[]', '{}', '{"app_runtimes":{"a":{"tags":1}}}'])('are an error in a file with %j', async (content) => {
    writeFileSync(runtimes.path, content);
    expect(await errorOf(firstValueFrom(runtimes.list$()))).toMatchObject({ code: 'HOME_FAILED', path: runtimes.path });
    expect(text()).toBe(content);
  });

  it('are not there under another name', async () => {
    expect(() => runtimes.launcher('none')).toThrow('none');
    expect(await errorOf(runtimes.start('none'))).toMatchObject({ code: 'REQUEST_INVALID', field: 'name' });
    expect(await errorOf(firstValueFrom(runtimes.start$('none')))).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('run a turn, end, and start again; the file stays', async () => {
    await firstValueFrom(runtimes.add$('a', {}));
    const before = text();
    const pids = new Set<number | undefined>();
    for (let round = 0; round < 2; round += 1) {
      await using server = await runtimes.start('a');
      pids.add(server.info.pid);
      const thread = await lastValueFrom(server.thread.start$());
      expect((await lastValueFrom(thread.runTurn$('Hi.'))).text).toBe('Hello.');
    }
    expect([...pids].filter((pid) => isAlive(pid ?? 0))).toEqual([]);
    expect(pids.size).toBe(2);
    expect(text()).toBe(before);
  });
});

describe('a pool of app-servers', () => {
  it('has one server for each name, also if it is started twice at the same time', async () => {
    await firstValueFrom(runtimes.add$('a', {}));
    await using pool = runtimes.pool();
    expect(pool.running()).toEqual([]);
    const [one, other] = await Promise.all([pool.start('a'), pool.start('a')]);
    expect(other).toBe(one);
    expect(await pool.start('a')).toBe(one);
    expect(pool.running()).toEqual(['a']);
    await pool.stop('a');
    expect(isAlive(one.info.pid ?? 0)).toBe(false);
    expect(await errorOf(pool.stop('a'))).toMatchObject({ code: 'REQUEST_INVALID', field: 'name' });
    expect(pool.running()).toEqual([]);
    expect(await pool.start('a')).not.toBe(one);
  });

  it('stops all of them, sorted by name, and starts others', async () => {
    for (const name of ['b', 'a']) await firstValueFrom(runtimes.add$(name, { metadata: name }));
    await using pool = runtimes.pool();
    const first = await Promise.all([pool.start('b'), pool.start('a')]);
    expect(pool.running()).toEqual(['a', 'b']);
    await pool.stopAll();
    expect(pool.running()).toEqual([]);
    expect(first.filter(({ info }) => isAlive(info.pid ?? 0))).toEqual([]);
    expect(first).not.toContain(await pool.start('a'));
  });

  it('replaces a server that died, and forgets one that did not start', async () => {
    await firstValueFrom(runtimes.add$('a', {}));
    await firstValueFrom(runtimes.add$('bad', { binary: '/no/such/codex' }));
    await using pool = runtimes.pool();
    const dead = await pool.start('a');
    process.kill(dead.info.pid ?? 0, 'SIGKILL');
    await waitUntil(() => pool.running().length === 0, 30_000);
    const next = await pool.start('a');
    expect(next.info.pid).not.toBe(dead.info.pid);
    expect(await errorOf(pool.start('bad'))).toMatchObject({ code: 'BINARY_NOT_FOUND' });
    expect(pool.running()).toEqual(['a']);
  });
});
