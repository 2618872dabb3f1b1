import { createCodex, type TurnResult, whenIdle } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { firstValueFrom, lastValueFrom, takeWhile } from 'rxjs';

const textOf = ({ text }: TurnResult): string => text;

describe('a thread of the real CLI', () => {
  it('holds a conversation, and forks it', async () => {
    await using scripted = await openScriptedModel([
      model.say('One.'),
      model.say('Two.'),
      model.say('Fork.'),
      model.say('Three.'),
    ]);
    const thread = createCodex(scripted.options).thread();
    // The second turn waits for the first one.
    const [first, second] = await Promise.all([
      lastValueFrom(thread.runTurn$('First?')),
      lastValueFrom(thread.runTurn$('Second?')),
    ]);
    expect([textOf(first), textOf(second)]).toEqual(['One.', 'Two.']);
    expect([first.threadId, second.threadId]).toEqual([thread.id, thread.id]);
    expect(second).toMatchObject({ status: 'completed', turnUsage: expect.any(Object) as object });
    const fork = await lastValueFrom(thread.fork$());
    expect(fork.id).not.toBe(thread.id);
    expect(textOf(await lastValueFrom(fork.runTurn$('Forked?')))).toBe('Fork.');
    expect(textOf(await firstValueFrom(thread.runTurn$('Third?')))).toBe('Three.');
    expect(JSON.stringify(scripted.requests.at(-1))).toMatch(/First\?[^]*One\.[^]*Second\?[^]*Two\.[^]*Third\?/);
    expect(JSON.stringify(scripted.requests.at(-1))).not.toContain('Forked?');
    scripted.assertDone();
    await whenIdle();
  });

  it.each(['thread.started', 'turn.started'])('can go on after an unsubscription at %s', async (type) => {
    await using scripted = await openScriptedModel([model.whenever(() => true, model.say('Done.'))]);
    const thread = createCodex(scripted.options).thread();
    await lastValueFrom(thread.turn$('First?').pipe(takeWhile((event) => event.type !== type, true)));
    const { text, threadId } = await lastValueFrom(thread.runTurn$('Second?'));
    expect(text).toBe('Done.');
    expect(threadId).toBe(thread.id);
    await whenIdle();
  });
});
