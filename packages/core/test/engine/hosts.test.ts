import { existsSync, readdirSync } from 'node:fs';
import { reapOrphans } from '@codex-rx/core';
import { openFakeAppServer, serverTurn } from '@codex-rx/testing';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { bundle, program, removeBundles } from '../exec/support/bundle.js';
import { endHosts, type Host, startHost } from '../exec/support/host.js';
import { leavesNothing } from '../exec/support/leaves-nothing.js';

jest.setTimeout(60_000);

const place = leavesNothing();
let hostProgram = '';
beforeAll(() => {
  hostProgram = bundle(program('host.ts'));
});
afterEach(endHosts);
afterAll(removeBundles);

const folders = (): string[] => (existsSync(place.runs) ? readdirSync(place.runs) : []);

/** A host with a run on a warm server, in a folder of its own. */
async function startWarmHost(binary: string): Promise<{ host: Host; server: number }> {
  const host = startHost(hostProgram, place, {
    request: { binary, prompt: 'x', env: place.mark },
    engine: { transport: 'app-server' },
  });
  await host.heard('turn.started');
  expect(folders()).toHaveLength(1);
  const pid = host.words.find((word) => word.startsWith('pid '))?.slice('pid '.length);
  return { host, server: Number(pid) };
}

describe('the folder of a run on a warm server', () => {
  it('is removed when the host exits', async () => {
    await using fake = await openFakeAppServer({ turns: [serverTurn.hang()] });
    const { host, server } = await startWarmHost(fake.binary);
    host.tell('exit');
    await host.exited;
    expect(folders()).toEqual([]);
    await waitUntil(() => !isAlive(server));
  });

  it('is removed by reapOrphans() when the host was killed', async () => {
    await using fake = await openFakeAppServer({ turns: [serverTurn.hang()] });
    const { host } = await startWarmHost(fake.binary);
    host.process.kill('SIGKILL');
    await host.exited;
    expect(folders()).toHaveLength(1);
    const reaped = await reapOrphans();
    expect(reaped).toContainEqual(expect.objectContaining({ pid: host.pid, wasAlive: false, left: [] }));
    expect(folders()).toEqual([]);
    expect(await reapOrphans()).toEqual([]);
  });
});
