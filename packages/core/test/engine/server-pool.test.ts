import { whenIdle } from '@codex-rx/core';
import { type Lease, type PoolOptions, ServerPool, type ServerSpec } from '../../src/engine/server-pool.js';

class FakeServer {
  readonly ended: Promise<void>;
  isReferenced = true;
  isGone = false;
  closes = 0;
  end: () => void = () => undefined;

  constructor(readonly name: string) {
    this.ended = new Promise((resolve) => {
      this.end = () => {
        this.isGone = true;
        resolve();
      };
    });
  }

  ref(): void {
    this.isReferenced = true;
  }

  unref(): void {
    this.isReferenced = false;
  }

  async close(): Promise<void> {
    this.closes += 1;
    this.end();
    await this.ended;
  }
}

const never = new AbortController().signal;

function setUp(options: Partial<PoolOptions> = {}) {
  const opened: FakeServer[] = [];
  const pool = new ServerPool<FakeServer>({ maxServers: 2, idleStop: 1_000, ...options });
  const spec = (id: string, version = '1'): ServerSpec<FakeServer> => ({
    id,
    version: () => version,
    open: async () => {
      const server = new FakeServer(`${id}@${version}`);
      opened.push(server);
      return Promise.resolve(server);
    },
  });
  const acquire = (id: string, version?: string): Promise<Lease<FakeServer>> => pool.acquire(spec(id, version), never);
  const living = (): string[] => opened.filter(({ isGone }) => !isGone).map(({ name }) => name);
  return { pool, opened, spec, acquire, living };
}

const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0).then(() => undefined);

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  void promise.finally(() => (pending = false));
  await settle();
  return pending;
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(async () => {
  await whenIdle();
  jest.useRealTimers();
});

describe('ServerPool', () => {
  it('starts a server for the first run and shares it with those of the same id', async () => {
    const { acquire, opened, pool } = setUp();
    expect(pool.size).toBe(0);
    const leases = await Promise.all([acquire('a'), acquire('a'), acquire('a')]);
    const servers = await Promise.all(leases.map(({ server }) => server));
    expect(new Set(servers).size).toBe(1);
    expect(opened).toHaveLength(1);
    for (const lease of leases) lease.release();
  });

  it('closes a server that no run has used for idleStop ms, and does not keep the host alive meanwhile', async () => {
    const { acquire, opened, pool } = setUp();
    const first = await acquire('a');
    const [server] = opened;
    expect(server?.isReferenced).toBe(true);
    first.release();
    first.release();
    await jest.advanceTimersByTimeAsync(999);
    expect(server?.isReferenced).toBe(false);
    const second = await acquire('a');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(server).toMatchObject({ isReferenced: true, isGone: false });
    second.release();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(server?.closes).toBe(1);
    expect(pool.size).toBe(0);
  });

  it.each([
    [0, 0],
    [Infinity, 1],
  ])('with idleStop %p has %p servers after the last run', async (idleStop, count) => {
    const { acquire, pool } = setUp({ idleStop });
    (await acquire('a')).release();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(pool.size).toBe(count);
  });

  it('replaces the server that has been idle longest when there are maxServers', async () => {
    const { acquire, living } = setUp();
    const [a, b] = [await acquire('a'), await acquire('b')];
    b.release();
    a.release();
    const c = await acquire('c');
    await c.server;
    expect(living()).toEqual(['a@1', 'c@1']);
    c.release();
  });

  it('replaces one server for several runs that need the same one', async () => {
    const { acquire, living } = setUp({ maxServers: 3 });
    for (const id of ['a', 'b', 'c']) (await acquire(id)).release();
    const leases = await Promise.all([acquire('d'), acquire('d'), acquire('d')]);
    await leases[0].server;
    expect(living()).toEqual(['b@1', 'c@1', 'd@1']);
    for (const lease of leases) lease.release();
  });

  it('replaces no server for a run that waits until an older version of its server is gone', async () => {
    const { acquire, living, opened } = setUp({ maxServers: 2 });
    (await acquire('a')).release();
    (await acquire('b', '1')).release();
    const [, old] = opened;
    let close: () => void = () => undefined;
    if (old !== undefined) old.close = () => new Promise((resolve) => (close = resolve));
    const fresh = acquire('b', '2');
    const further = acquire('b', '2');
    expect(await isPending(Promise.race([fresh, further]))).toBe(true);
    expect(living()).toContain('a@1');
    close();
    for (const lease of [await fresh, await further]) lease.release();
  });

  it('starts the version that a run needs when its turn comes, not when it began to wait', async () => {
    const { acquire, pool, spec } = setUp({ maxServers: 1 });
    const other = await acquire('a');
    let version = '1';
    const waiting = pool.acquire({ ...spec('b'), version: () => version }, never);
    version = '2';
    other.release();
    const lease = await waiting;
    const next = await pool.acquire({ ...spec('b'), version: () => '2' }, never);
    expect(await next.server).toBe(await lease.server);
    for (const one of [lease, next]) one.release();
  });

  it('forgets a server that cannot be closed', async () => {
    const { acquire, opened, pool } = setUp({ idleStop: 0 });
    const lease = await acquire('a');
    await lease.server;
    for (const server of opened) server.close = () => Promise.reject(new Error('no'));
    lease.release();
    await settle();
    expect(pool.size).toBe(0);
  });

  it('lets runs wait for an idle server, in their order, but not those whose server exists', async () => {
    const { acquire, living, pool } = setUp({ maxServers: 1 });
    const a = await acquire('a');
    const [b, c] = [acquire('b'), acquire('c')];
    expect(await isPending(Promise.race([b, c]))).toBe(true);
    const nested = await acquire('a');
    nested.release();
    a.release();
    const second = await b;
    await second.server;
    expect(living()).toEqual(['b@1']);
    expect(await isPending(c)).toBe(true);
    second.release();
    const third = await c;
    await third.server;
    expect(living()).toEqual(['c@1']);
    expect(pool.size).toBe(1);
    third.release();
  });

  it('removes a run that is aborted from the queue', async () => {
    const { acquire, spec, pool, opened } = setUp({ maxServers: 1 });
    const a = await acquire('a');
    const leaving = new AbortController();
    const b = pool.acquire(spec('b'), leaving.signal);
    leaving.abort(new Error('left'));
    await expect(b).rejects.toThrow('left');
    await expect(pool.acquire(spec('b'), leaving.signal)).rejects.toThrow('left');
    a.release();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(opened.map(({ name }) => name)).toEqual(['a@1']);
  });

  it('starts a new server after a crash', async () => {
    const { acquire, opened } = setUp();
    const first = await acquire('a');
    await first.server;
    opened[0]?.end();
    await settle();
    const second = await acquire('a');
    expect(await second.server).toBe(opened[1]);
    first.release();
    second.release();
  });

  it('drains a server of another version, which counts until it is gone', async () => {
    const { acquire, living, pool } = setUp({ maxServers: 2 });
    const old = await acquire('a', '1');
    const fresh = await acquire('a', '2');
    await fresh.server;
    expect(living()).toEqual(['a@1', 'a@2']);
    const other = acquire('b');
    expect(await isPending(other)).toBe(true);
    old.release();
    const b = await other;
    await b.server;
    expect(living()).toEqual(['a@2', 'b@1']);
    expect(pool.size).toBe(2);
    fresh.release();
    b.release();
  });

  it('closes an idle server of another version', async () => {
    const { acquire, living } = setUp();
    (await acquire('a', '1')).release();
    const fresh = await acquire('a', '2');
    await fresh.server;
    await settle();
    expect(living()).toEqual(['a@2']);
    fresh.release();
  });

  it('releases the threads of other servers: of idle ones, and of those that are being drained', async () => {
    const { acquire, living, pool } = setUp({ maxServers: 4 });
    (await acquire('b')).release();
    const old = await acquire('a', '1');
    const fresh = await acquire('a', '2');
    const released = pool.releaseThreads('a');
    expect(await isPending(released)).toBe(true);
    expect(living()).toEqual(['a@1', 'a@2']);
    old.release();
    await released;
    expect(living()).toEqual(['a@2']);
    fresh.release();
  });

  it('starts no further run on a retired server', async () => {
    const { acquire, living } = setUp();
    const first = await acquire('a');
    await first.server;
    first.retire();
    const second = await acquire('a');
    await second.server;
    expect(living()).toHaveLength(2);
    first.release();
    await settle();
    expect(living()).toHaveLength(1);
    second.release();
  });

  it('reports to each run that its server cannot be opened, and tries again for the next one', async () => {
    const { pool, spec } = setUp();
    let attempts = 0;
    const failing: ServerSpec<FakeServer> = {
      ...spec('a'),
      open: () => {
        attempts += 1;
        return Promise.reject(new Error(`attempt ${attempts}`));
      },
    };
    const leases = await Promise.all([pool.acquire(failing, never), pool.acquire(failing, never)]);
    for (const { server, release } of leases) {
      await expect(server).rejects.toThrow('attempt 1');
      release();
    }
    const next = await pool.acquire(failing, never);
    await expect(next.server).rejects.toThrow('attempt 2');
    next.release();
    expect(pool.size).toBe(0);
  });

  it('whenIdle() closes idle servers without waiting for idleStop', async () => {
    const { acquire, pool } = setUp({ idleStop: Infinity });
    (await acquire('a')).release();
    const used = await acquire('b');
    await whenIdle();
    expect(pool.size).toBe(1);
    used.release();
    await whenIdle();
    expect(pool.size).toBe(0);
  });

  it('aborts the start of a server that no run waits for any more', async () => {
    const { pool, spec } = setUp({ idleStop: 0 });
    let isAborted = false;
    const slow: ServerSpec<FakeServer> = {
      ...spec('a'),
      open: (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            isAborted = true;
            reject(new Error('aborted'));
          });
        }),
    };
    const lease = await pool.acquire(slow, never);
    lease.server.catch(() => undefined);
    lease.release();
    await settle();
    expect(isAborted).toBe(true);
    expect(pool.size).toBe(0);
  });
});
