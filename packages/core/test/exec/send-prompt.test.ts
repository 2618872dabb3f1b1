import { sendPrompt$ } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, said, started } from './support/lines.js';
import { observe } from './support/observe.js';

leavesNothing();
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('sendPrompt$', () => {
  const inTurn = <T extends object>(turn_id: string, line: T) => ({ ...line, turn_id });
  const begun = (turn_id: string) => inTurn(turn_id, { type: 'turn.started' });

  it('emits the final message once, and completes', async () => {
    const observed = await observe(sendPrompt$(request([{ lines: [started, said('one'), said('two'), completed] }])));
    expect(observed).toMatchObject({ values: ['two'], error: undefined });
  });

  it("emits '' for a turn without a message", async () => {
    expect((await observe(sendPrompt$(request([{ lines: [started, completed] }])))).values).toEqual(['']);
  });

  it('emits the message when the body of turn.completed has an unexpected shape', async () => {
    const steps: FakeStep[] = [{ lines: [started, said('one'), { type: 'turn.completed', usage: 7 }] }];
    expect((await observe(sendPrompt$(request(steps)))).values).toEqual(['one']);
  });

  it('emits once for two terminal events', async () => {
    const steps: FakeStep[] = [{ lines: [started, said('one'), completed, said('two'), completed] }];
    expect((await observe(sendPrompt$(request(steps)))).values).toEqual(['one']);
  });

  it.each([
    ['a message of an interrupted turn', [begun('u1'), inTurn('u1', said('one')), begun('u2')]],
    ['a late message of another turn', [begun('u1'), begun('u2'), inTurn('u1', said('one'))]],
    ['a message of another thread', [{ ...said('one'), thread_id: 't-other' }]],
  ])('does not emit %s', async (_, lines) => {
    const steps: FakeStep[] = [{ lines: [started, ...lines, completed] }];
    expect((await observe(sendPrompt$(request(steps)))).values).toEqual(['']);
  });

  it('emits the message of the turn that completes, not a later one of another turn', async () => {
    const lines = [begun('u1'), begun('u2'), said('two'), inTurn('u1', said('one')), completed];
    expect((await observe(sendPrompt$(request([{ lines: [started, ...lines] }])))).values).toEqual(['two']);
  });

  it('assigns a message to the ending turn if only one of both has a turn id', async () => {
    const ended = inTurn('u1', completed);
    expect((await observe(sendPrompt$(request([{ lines: [started, said('one'), ended] }])))).values).toEqual(['one']);
    const begins = { type: 'turn.started' };
    const steps: FakeStep[] = [{ lines: [started, begins, said('one'), ended] }];
    expect((await observe(sendPrompt$(request(steps)))).values).toEqual(['one']);
    const own: FakeStep[] = [{ lines: [started, begins, inTurn('u1', said('one')), completed] }];
    expect((await observe(sendPrompt$(request(own)))).values).toEqual(['one']);
  });

  it('prefers an answer to a comment that follows it', async () => {
    const comment = {
      type: 'item.completed',
      item: { id: 'c', type: 'agent_message', text: 'Done.', phase: 'commentary' },
    };
    const steps: FakeStep[] = [{ lines: [started, said('one'), comment, completed] }];
    expect((await observe(sendPrompt$(request(steps)))).values).toEqual(['one']);
  });

  it('errors like exec$, without a message', async () => {
    const observed = await observe(sendPrompt$(request([{ lines: [started, said('one'), failed('no')] }])));
    expect(observed).toMatchObject({ values: [], error: { code: 'TURN_FAILED' } });
  });
});
