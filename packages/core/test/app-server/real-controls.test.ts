import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AppServerOptions, attach$, openAppServer } from '@codex-rx/core/app-server';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { Recorder } from './support.js';

const place = leavesNothing();

function openServer(scripted: ScriptedModel, options: AppServerOptions = {}): ReturnType<typeof openAppServer> {
  const { model: slug, codexHome, env } = scripted.options;
  return openAppServer({ codexHome, env: { ...env, ...place.mark }, config: { model: slug }, ...options });
}

function folder(name: string): string {
  const path = join(place.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

const steps = (count: number) => Array.from({ length: count }, (_, index) => model.say(`Step ${index}.`));

describe('the controls of the real app-server', () => {
  it('run a goal turn after turn, until its budget is used', async () => {
    await using scripted = await openScriptedModel(steps(12));
    await using server = await openServer(scripted);
    const thread = await lastValueFrom(server.thread.start$({ workingDirectory: folder('work') }));
    const events = await lastValueFrom(thread.runGoal$({ objective: 'Work.', tokenBudget: 300 }).pipe(toArray()));
    const ends = events.filter(({ type }) => type === 'turn.completed');
    expect(ends.length).toBeGreaterThan(1);
    expect(await firstValueFrom(thread.goal$())).toMatchObject({ objective: 'Work.', status: 'budgetLimited' });
    expect(await lastValueFrom(thread.clearGoal$())).toBe(true);
    expect(await firstValueFrom(thread.goal$())).toBeUndefined();
  });

  it('pause a goal that is unsubscribed, so that no further turn starts', async () => {
    await using scripted = await openScriptedModel(steps(200));
    await using server = await openServer(scripted);
    const thread = await lastValueFrom(server.thread.start$({ workingDirectory: folder('work') }));
    const turns$ = thread.runGoal$({ objective: 'Work.' });
    const seen = new Recorder(turns$);
    await seen.until(({ type }) => type === 'turn.completed');
    seen.subscription.unsubscribe();
    // Waits until the goal is paused and its turn is over.
    await lastValueFrom(thread.turn$('Another.'));
    expect(await firstValueFrom(thread.goal$())).toMatchObject({ status: 'paused' });
    const requests = scripted.requests.length;
    await lastValueFrom(thread.turn$('And another.'));
    expect(scripted.requests.length).toBe(requests + 1);
  });

  it('use the requested sandbox on a thread that is loaded with another one', async () => {
    await using scripted = await openScriptedModel([
      model.say('One.'),
      model.run('touch turn.txt'),
      model.say('Two.'),
      model.run('touch review.txt'),
      model.say(
        '{"findings": [], "overall_correctness": "patch is correct", "overall_explanation": "Fine.", "overall_confidence_score": 1}',
      ),
    ]);
    await using server = await openServer(scripted);
    const work = folder('work');
    const wide = { workingDirectory: work, sandbox: 'danger-full-access' };
    const { id } = await lastValueFrom(server.thread.start$(wide)).then(async (thread) => {
      await lastValueFrom(thread.turn$('1'));
      return thread;
    });
    const thread = await lastValueFrom(server.thread.resume$(id, { ...wide, sandbox: 'read-only' }));
    await lastValueFrom(thread.turn$('2'));
    expect(existsSync(join(work, 'turn.txt'))).toBe(false);
    const events = await lastValueFrom(thread.review$({ prompt: 'Look at the code.' }).pipe(toArray()));
    expect(events.at(-1)?.type).toBe('turn.completed');
    expect(existsSync(join(work, 'review.txt'))).toBe(false);
  });

  it('set the sandbox before a review that follows a turn with a wider one', async () => {
    await using scripted = await openScriptedModel([
      model.run('touch turn.txt'),
      model.say('One.'),
      model.run('touch review.txt'),
      model.say(
        '{"findings": [], "overall_correctness": "patch is correct", "overall_explanation": "Fine.", "overall_confidence_score": 1}',
      ),
    ]);
    await using server = await openServer(scripted);
    const work = folder('work');
    const thread = await lastValueFrom(server.thread.start$({ workingDirectory: work, sandbox: 'read-only' }));
    await lastValueFrom(thread.turn$('1', { sandbox: 'danger-full-access' }));
    expect(existsSync(join(work, 'turn.txt'))).toBe(true);
    const review = await lastValueFrom(thread.review$({ prompt: 'Look at the code.' }));
    expect(review.type).toBe('turn.completed');
    expect(existsSync(join(work, 'review.txt'))).toBe(false);
  });

  it('interrupt a review with the id of its start, so that the next turn runs', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.hang(), model.say('Two.')]);
    await using server = await openServer(scripted);
    const thread = await lastValueFrom(server.thread.start$({ workingDirectory: folder('work') }));
    await lastValueFrom(thread.turn$('1'));
    const review = new Recorder(thread.review$({ prompt: 'Look at the code.' }));
    await review.until(({ type }) => type === 'turn.started');
    await waitUntil(() => scripted.requests.length === 2, 20_000);
    review.subscription.unsubscribe();
    expect((await lastValueFrom(thread.runTurn$('2'))).text).toBe('Two.');
  });

  it('keep line separators of a prompt and of an answer', async () => {
    const text = 'a\u2028b\u2029c';
    await using scripted = await openScriptedModel([model.say(text)]);
    await using server = await openServer(scripted);
    const thread = await lastValueFrom(server.thread.start$({ workingDirectory: folder('work') }));
    const events = await lastValueFrom(thread.turn$(text).pipe(toArray()));
    const texts = events.flatMap((event) =>
      event.type === 'item.completed' && 'text' in event.item ? [event.item.text] : [],
    );
    expect(texts).toEqual([text, text]);
  });

  it('report that an ephemeral thread and a thread without a turn cannot be attached to', async () => {
    await using scripted = await openScriptedModel([model.say('One.')]);
    await using server = await openServer(scripted);
    const workingDirectory = folder('work');
    const ephemeral = await lastValueFrom(server.thread.start$({ workingDirectory, ephemeral: true }));
    await lastValueFrom(ephemeral.turn$('1'));
    const unused = await lastValueFrom(server.thread.start$({ workingDirectory }));
    await expect(lastValueFrom(attach$(server, ephemeral.id))).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
    await expect(lastValueFrom(server.thread.resume$(unused.id))).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  it('log in with a key and log out, and emit the account again after each', async () => {
    await using scripted = await openScriptedModel([]);
    await using server = await openServer(scripted);
    const accounts = new Recorder(server.account$());
    // An update before the answer to the first request would replace it.
    await waitUntil(() => accounts.values.length === 1);
    expect(await lastValueFrom(server.login$({ method: 'apiKey', apiKey: 'sk-test-key-of-this-test' }))).toEqual({
      type: 'done',
      method: 'apiKey',
    });
    const path = join(scripted.options.codexHome, 'auth.json');
    expect(existsSync(path)).toBe(true);
    await waitUntil(() => accounts.values.length >= 2);
    const before = accounts.values.length;
    await lastValueFrom(server.logout$());
    expect(existsSync(path)).toBe(false);
    await waitUntil(() => accounts.values.length > before);
    accounts.subscription.unsubscribe();
  });

  it('say which method was meant', async () => {
    await using scripted = await openScriptedModel([]);
    await using server = await openServer(scripted);
    await expect(lastValueFrom(server.request$('thread/lst' as 'thread/list', {}))).rejects.toMatchObject({
      message: 'The app-server has no method "thread/lst". Did you mean "thread/list"?',
    });
  });
});
