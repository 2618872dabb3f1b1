import { whenIdle } from '@codex-rx/core';
import { type AppServer, openAppServer } from '@codex-rx/core/app-server';
import { fakeAppServer, openFakeAppServer, runAppServerConformance, serverTurn } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';

describe('openFakeAppServer', () => {
  it('answers each of its processes, also if they run at the same time', async () => {
    const turns = Array.from({ length: 8 }, () => serverTurn.say('Hello.'));
    await using fake = await openFakeAppServer({ turns });
    const servers = await Promise.all(Array.from({ length: 4 }, () => openAppServer({ binary: fake.binary })));
    const ask = async (server: AppServer): Promise<string | undefined> => {
      const thread = await lastValueFrom(server.thread.start$());
      return (await lastValueFrom(thread.runTurn$('Hi.'))).text;
    };
    try {
      const texts = await Promise.all([...servers, ...servers].map(ask));
      expect(texts).toEqual(texts.map(() => 'Hello.'));
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  });

  it('serves a script as a program, and exits with its input', async () => {
    await using fake = await openFakeAppServer({ turns: [serverTurn.say('Hello.')] });
    await using server = await openAppServer({ binary: fake.binary });
    const thread = await lastValueFrom(server.thread.start$());
    expect((await lastValueFrom(thread.runTurn$('Hi'))).text).toBe('Hello.');
    await server.close();
    await whenIdle();
    expect(fake.sent('turn/start')).toHaveLength(1);
  });

  it('exits in the middle of a turn', async () => {
    await using fake = await openFakeAppServer({ turns: [serverTurn.exit()] });
    await using server = await openAppServer({ binary: fake.binary });
    await expect(lastValueFrom(server.exec$({ prompt: 'Hi' }))).rejects.toMatchObject({ code: 'SERVER_EXITED' });
  });

  it('sends lines that no client should trust', async () => {
    const lines = ['not JSON', '{"id":99,"result":1}', '{"method":"item/started","params":7}', '\u2028'];
    await using fake = await openFakeAppServer({
      turns: [[...lines.flatMap((line) => serverTurn.raw(line)), ...serverTurn.say('a\u2028b')]],
    });
    await using server = await openAppServer({ binary: fake.binary });
    const thread = await lastValueFrom(server.thread.start$());
    expect((await lastValueFrom(thread.runTurn$('Hi'))).text).toBe('a\u2028b');
  });
});

describe('fakeAppServer', () => {
  it('keeps its threads when another client connects', async () => {
    const fake = fakeAppServer({ turns: [serverTurn.say('One.')] });
    await using first = await openAppServer({ connect: { transport: fake.transport() } });
    const { id } = await lastValueFrom(first.thread.start$());
    await using second = await openAppServer({ connect: { transport: fake.transport() } });
    expect((await lastValueFrom(second.thread.resume$(id))).id).toBe(id);
  });
});

describe('runAppServerConformance', () => {
  it('passes for a client in memory and for one of a program', async () => {
    const inMemory = await runAppServerConformance(async (script, options) => {
      const fake = fakeAppServer(script);
      return {
        server: await openAppServer({ ...options, connect: { transport: fake.transport() } }),
        received: fake.received,
      };
    });
    const programs: AsyncDisposable[] = [];
    const ofProgram = await runAppServerConformance(async (script, options) => {
      const fake = await openFakeAppServer(script);
      programs.push(fake);
      return { server: await openAppServer({ ...options, binary: fake.binary }), received: fake.received };
    });
    for (const program of programs) await program[Symbol.asyncDispose]();
    expect([...inMemory, ...ofProgram].filter(({ passed }) => !passed)).toEqual([]);
    expect(inMemory.length).toBeGreaterThan(20);
  });

  it('reports a client that does not interrupt', async () => {
    const results = await runAppServerConformance(async (script, options) => {
      const fake = fakeAppServer(script);
      const server = await openAppServer({ ...options, connect: { transport: fake.transport() } });
      return { server, received: [] };
    });
    expect(results.filter(({ passed }) => !passed).map(({ name }) => name)).toContain(
      'unsubscribing interrupts the turn once',
    );
  });
});
