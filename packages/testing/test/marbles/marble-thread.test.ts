import { codexScheduler, events, items, marbleThread } from '@codex-rx/testing';
import { lastValueFrom, map, merge, switchMap, take, timer } from 'rxjs';

const msg = events.itemCompleted(items.agentMessage('Hello.'));

describe('marbleThread', () => {
  it('plays a diagram per turn, in virtual time', () => {
    codexScheduler().run(({ expectRun }) => {
      const thread = marbleThread(['{turn} 20ms {msg done |}', '{turn} 5s {done |}'], { msg });
      // Hot: subscribed before the turns.
      expectRun(thread.events$, { until: 8000 }).toBe('{turn} 20ms {msg done} 980ms {turn} 5s {done}', { msg });
      expectRun(thread.turn$('1')).toBe('{turn} 20ms {msg done |}', { msg });
      const second$ = timer(1000).pipe(switchMap(() => thread.turn$('2')));
      expectRun(second$).toBe('1s {turn} 5s {done |}');
    });
  });

  it('records the input, also that of steer$', async () => {
    const thread = marbleThread(['{turn} 1ms {msg done |}', '{turn done |}'], { msg });
    const turn = lastValueFrom(thread.runTurn$('Hi'));
    expect(await lastValueFrom(thread.steer$('More'))).toEqual({ turnId: 'turn-1' });
    expect(await turn).toMatchObject({ text: 'Hello.', status: 'completed' });
    await lastValueFrom(thread.review$({ uncommitted: true }));
    expect([thread.inputs, thread.steered, thread.running]).toEqual([['Hi', undefined], ['More'], 0]);
    await expect(lastValueFrom(thread.steer$('More'))).rejects.toMatchObject({ code: 'RPC_ERROR' });
    await expect(lastValueFrom(thread.turn$('3'))).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'turns' });
  });

  it('ends the running turn when it is interrupted', () => {
    codexScheduler().run(({ expectRun }) => {
      const thread = marbleThread(['{turn} 20s {done |}']);
      const interrupt$ = timer(50).pipe(switchMap(() => thread.interrupt$()));
      const both$ = merge(thread.turn$('Hi'), interrupt$.pipe(map(() => events.error('interrupted'))));
      expectRun(both$).toBe('{turn} 50ms {failed #}');
    });
  });

  it('stops a turn that is unsubscribed', () => {
    const thread = marbleThread(['{turn} 20s {done |}']);
    thread.turn$('Hi').pipe(take(1)).subscribe();
    expect(thread.running).toBe(0);
  });

  it('has no goals', async () => {
    const thread = marbleThread([]);
    expect(await lastValueFrom(thread.goal$())).toBeUndefined();
    expect(await lastValueFrom(thread.clearGoal$())).toBe(false);
    await expect(lastValueFrom(thread.setGoal$({ objective: 'x' }))).rejects.toMatchObject({ code: 'RPC_ERROR' });
  });
});
