import { openAppServer } from '@codex-rx/core/app-server';
import { fakeAppServer, serverTurn } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

const THREAD = '00000000-0000-7000-8000-000000000001';

afterEach(closeFakes);

describe('a run on a server', () => {
  it('sends nothing for a signal that is already aborted', async () => {
    const { server, fake } = await openFake();
    const signal = AbortSignal.abort(new Error('no'));
    const run$ = server.exec$({ prompt: 'x', workingDirectory: '/w', signal });
    await expect(lastValueFrom(run$)).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await ticks();
    expect(fake.received.map(({ method }) => method)).toEqual(['initialize', 'initialized']);
  });

  it('opens no thread when it is unsubscribed while it looks for its session', async () => {
    const { server, fake } = await openFake({ turns: [[], []] });
    await lastValueFrom(server.exec$({ prompt: 'x', workingDirectory: '/w' }));
    const run = new Recorder(server.resume$({ session: { last: true, all: true }, prompt: 'x' }));
    run.subscription.unsubscribe();
    await ticks();
    expect(fake.sent('thread/list')).toHaveLength(1);
    expect(fake.sent('thread/resume')).toEqual([]);
  });

  it('keeps a thread that another run resumes while its own run ends', async () => {
    const fake = fakeAppServer({ turns: [serverTurn.hang(), serverTurn.say('b')] });
    const transport = fake.transport();
    let resume: (() => void) | undefined;
    const slow = {
      ...transport,
      send: (message: string) => {
        if (!message.includes('"thread/resume"')) transport.send(message);
        else
          resume = () => {
            transport.send(message);
          };
      },
    };
    const server = await openAppServer({ connect: { transport: slow }, terminateGrace: 500 });
    const first = new Recorder(server.exec$({ prompt: 'x', workingDirectory: '/w' }));
    await first.until(({ type }) => type === 'turn.started');
    const second = new Recorder(server.resume$({ session: THREAD, prompt: 'y' }));
    await ticks();
    first.subscription.unsubscribe();
    while (fake.sent('turn/interrupt').length === 0) await ticks();
    await ticks(50);
    expect(fake.sent('thread/unsubscribe')).toEqual([]);
    resume?.();
    await second.ended;
    expect(second.error).toBeUndefined();
    expect(second.values.at(-1)).toMatchObject({ type: 'turn.completed' });
    while (fake.sent('thread/unsubscribe').length === 0) await ticks();
    await server.close();
  });
});
