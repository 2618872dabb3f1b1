import { createCodex } from '@codex-rx/core';
import { openAppServer } from '@codex-rx/core/app-server';
import { fakeAppServer, serverTurn } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { lastValueFrom } from 'rxjs';
import { hubs } from '../../src/app-server/server/app-server.js';
import type { ServerHub } from '../../src/app-server/server/server-hub.js';
import { SpareThreads } from '../../src/engine/spare-threads.js';
import { warmPlace } from './support.js';

jest.setTimeout(60_000);

const place = warmPlace();
const numberOf = (threadId: string | undefined): number => Number(threadId?.slice(-12));

describe('spareThreads', () => {
  it('starts threads after a run, which the next runs with the same options use', async () => {
    const turns = ['a', 'b', 'c'].map((text) => serverTurn.say(text));
    const codex = await place.open({ turns }, { spareThreads: 2 });
    const run = async () => lastValueFrom(codex.runTurn$({ prompt: 'x' }));
    expect(numberOf((await run()).threadId)).toBe(1);
    await waitUntil(() => place.fake.sent('thread/start').length === 3);
    const next = await run();
    expect([numberOf(next.threadId), next.text]).toEqual([2, 'b']);
    await waitUntil(() => place.fake.sent('thread/start').length === 4);
    expect(numberOf((await run()).threadId)).toBe(3);
  });

  it('are released when a run has other options', async () => {
    const codex = await place.open({}, { spareThreads: 1 });
    await lastValueFrom(codex.exec$({ prompt: 'x' }));
    await waitUntil(() => place.fake.sent('thread/start').length === 2);
    const other = await lastValueFrom(codex.runTurn$({ prompt: 'x', model: 'm' }));
    expect(numberOf(other.threadId)).toBe(3);
    const isReleased = (message: { readonly params?: unknown }): boolean =>
      numberOf((message.params as { readonly threadId: string }).threadId) === 2;
    await waitUntil(() => place.fake.sent('thread/unsubscribe').some(isReleased));
  });

  it('are not started for runs in a folder of their own', async () => {
    const { options } = await place.open({});
    const engine = { transport: 'app-server', spareThreads: 1 } as const;
    const isolated = createCodex({ ...options, workingDirectory: undefined }, engine);
    for (let run = 0; run < 2; run += 1) await lastValueFrom(isolated.exec$({ prompt: 'x' }));
    expect(place.fake.sent('thread/start')).toHaveLength(2);
  });

  describe('of one server', () => {
    let hub: ServerHub;
    let close: () => Promise<void>;
    const fake = { current: fakeAppServer() };
    beforeEach(async () => {
      fake.current = fakeAppServer();
      const server = await openAppServer({ connect: { transport: fake.current.transport() } });
      close = () => server.close();
      const found = hubs.get(server);
      if (found === undefined) throw new Error('no hub');
      hub = found;
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await close();
    });

    it('are used for a minute', async () => {
      const spares = new SpareThreads(1);
      spares.refill(hub, {});
      const start = performance.now();
      jest.spyOn(performance, 'now').mockReturnValue(start + 61_000);
      const { id } = await lastValueFrom(spares.start$(hub, {}));
      expect(numberOf(id)).toBe(2);
      await waitUntil(() => fake.current.sent('thread/unsubscribe').length === 1);
    });

    it('are replaced by a new thread if they could not be started', async () => {
      const spares = new SpareThreads(1);
      spares.refill(hub, { workingDirectory: '' });
      const { id } = await lastValueFrom(spares.start$(hub, {}));
      expect(numberOf(id)).toBe(1);
    });
  });
});
