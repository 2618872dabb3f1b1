import { createCodex, exec$, resume$, sendPrompt$ } from '@codex-rx/core';
import { isCodexError } from '@codex-rx/core/errors';
import { filter, firstValueFrom, lastValueFrom, map, switchMap, toArray } from 'rxjs';
import { model, openScriptedModel, scriptedModel, scriptedModel$ } from '../../src/model/index.js';
import { findProcesses } from '../../src/processes/find-processes.js';
import { waitUntil } from '../../src/processes/wait-until.js';

it('exec$ accepts the options of the model', async () => {
  await using scripted = await openScriptedModel([model.run('echo hello'), model.say('Done.')]);
  const events$ = exec$({ ...scripted.options, prompt: 'Say hello' });
  expect(
    await lastValueFrom(
      events$.pipe(
        map(({ type }) => type),
        toArray(),
      ),
    ),
  ).toEqual(['thread.started', 'turn.started', 'item.started', 'item.completed', 'item.completed', 'turn.completed']);
  scripted.assertDone();
});

it('a client with the options resumes a thread', async () => {
  await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
  const codex = createCodex({ ...scripted.options, workingDirectory: process.cwd() });
  const started = await firstValueFrom(
    codex.exec$({ prompt: 'First' }).pipe(filter(({ type }) => type === 'turn.completed')),
  );
  const resumed$ = resume$({ ...scripted.options, session: started.thread_id ?? '', prompt: 'Second' });
  const texts$ = resumed$.pipe(
    filter((event) => event.type === 'item.completed'),
    map(({ item }) => (item.type === 'agent_message' ? item.text : item.type)),
  );
  expect(await lastValueFrom(texts$)).toBe('Two.');
  expect(scripted.requests.map(({ prompt }) => prompt)).toEqual(['First', 'Second']);
  expect(scripted.requests[1]?.text).toContain('One.');
});

it('a failure becomes the typed error of the run', async () => {
  const resetsAt = new Date('2031-05-06T07:08:00Z');
  await using scripted = await openScriptedModel([model.fail('usage_limit', { resetsAt })]);
  const error: unknown = await lastValueFrom(
    sendPrompt$({ ...scripted.options, env: { ...scripted.options.env, TZ: 'UTC' }, prompt: 'Do it' }),
  ).catch((reason: unknown) => reason);
  expect(isCodexError(error, 'TURN_FAILED') && error.category).toBe('usage_limit');
});

it('a request without a response errors with the request in its message', async () => {
  await using scripted = await scriptedModel([]);
  await expect(lastValueFrom(exec$({ ...scripted.options, prompt: 'Do it' }))).rejects.toMatchObject({
    code: 'TURN_FAILED',
    message: expect.stringMatching(/request 1 \(prompt "Do it"\) matches no response/) as string,
  });
});

it('a hanging run is killed on unsubscribe', async () => {
  await using scripted = await openScriptedModel([model.hang()]);
  const subscription = exec$({ ...scripted.options, prompt: 'Do it' }).subscribe();
  await firstValueFrom(scripted.requests$);
  subscription.unsubscribe();
  await waitUntil(() => findProcesses('CODEX_HOME', scripted.options.codexHome).length === 0);
  expect(scripted.pending()).toEqual([]);
});

it('a pipeline opens a model, runs, and closes it', async () => {
  const text$ = scriptedModel$([model.say('Hello')]).pipe(
    switchMap((scripted) => sendPrompt$({ ...scripted.options, prompt: 'Hi' })),
  );
  expect(await firstValueFrom(text$)).toBe('Hello');
});
