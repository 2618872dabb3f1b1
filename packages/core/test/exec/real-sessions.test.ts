import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExecRequest, exec$, fork$, lines$, resume$, review$, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { firstValueFrom, type Observable, switchMap, takeWhile } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { THREAD } from './support/lines.js';
import { observe, types } from './support/observe.js';
import { watchSpawns } from './support/overlap.js';
import { fullAccess } from './support/real-cli.js';

const place = leavesNothing();
const spawns = watchSpawns();
const ask = (scripted: ScriptedModel, prompt: string) => ({ ...fullAccess(scripted, place), prompt });
const untilTerminal$ = (source$: Observable<ThreadEvent>) =>
  source$.pipe(takeWhile(({ type }) => type !== 'turn.completed', true));
const threadOf = ({ values }: { values: readonly ThreadEvent[] }): string => values[0]?.thread_id ?? '';

it('leaving at turn.completed does not abort the shutdown: the thread can be resumed at once', async () => {
  await using scripted = await openScriptedModel([
    model.run('echo one'),
    model.say('One.'),
    model.say('Two.'),
    model.say('Three.'),
  ]);
  const first = await observe(untilTerminal$(exec$(ask(scripted, 'First.'))));
  const session = threadOf(first);
  const second = await observe(untilTerminal$(resume$({ ...ask(scripted, 'Second.'), session })));
  const third = await observe(resume$({ ...ask(scripted, 'Third.'), session }));
  for (const { error } of [first, second, third]) expect(error).toBeUndefined();
  expect(third.values[0]).toMatchObject({ thread_id: session, resumed: true });
  // The model received the whole conversation: nothing was lost when the subscriber unsubscribed.
  expect(JSON.stringify(scripted.requests.at(-1))).toMatch(/First\.[^]*One\.[^]*Second\.[^]*Two\.[^]*Third\./);
  scripted.assertDone();
  await whenIdle();
  expect(spawns.ends).toEqual([0, 0, 0]);
  expect(spawns.alive).toEqual([[], [], []]);
});

it('leaving at the line of turn.completed does not abort the shutdown either', async () => {
  await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
  const lines = await observe(
    lines$(ask(scripted, 'First.')).pipe(takeWhile((line) => !(line as string).includes('turn.completed'), true)),
  );
  const { thread_id: session } = JSON.parse(lines.values[0] as string) as { thread_id: string };
  expect((await observe(resume$({ ...ask(scripted, 'Second.'), session }))).error).toBeUndefined();
  expect(spawns.ends).toEqual([0, 0]);
});

it('switching to a resume at turn.completed works: the new run waits for the old process', async () => {
  await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
  const both$ = untilTerminal$(exec$(ask(scripted, 'First.'))).pipe(
    switchMap((event) =>
      event.type === 'turn.completed'
        ? resume$({ ...ask(scripted, 'Second.'), session: event.thread_id ?? '' })
        : [event],
    ),
  );
  const observed = await observe(both$);
  expect(observed.error).toBeUndefined();
  expect(types(observed).filter((type) => type === 'thread.started')).toHaveLength(2);
  expect(spawns.ends).toEqual([0, 0]);
  expect(spawns.alive).toEqual([[], []]);
});

describe('resuming what is not there', () => {
  it.each([
    ['an unknown id', THREAD],
    ['a misspelt name', 'no such sesion'],
    ['the last session of a folder without one', { last: true as const }],
  ])('%s is a SessionError, and the model hears nothing', async (_what, session) => {
    await using scripted = await openScriptedModel([model.say('One.')]);
    const workingDirectory = place.folder;
    const observed = await observe(resume$({ ...ask(scripted, 'Hello?'), session, workingDirectory }));
    expect(observed.values).toEqual([]);
    expect(observed.error).toMatchObject({ name: 'SessionError', code: 'SESSION_NOT_FOUND' });
    await whenIdle();
    expect(place.living()).toEqual([]);
    expect(scripted.requests).toEqual([]);
  });

  it.each([
    ['where the CLI refuses', THREAD],
    ['where the CLI begins one by itself', 'no such sesion'],
  ])("with onMissing: 'new' begins a new thread %s", async (_where, session) => {
    await using scripted = await openScriptedModel([model.say('New.')]);
    const observed = await observe(resume$({ ...ask(scripted, 'Hello?'), session, onMissing: 'new' }));
    expect(observed.error).toBeUndefined();
    expect(observed.values[0]).not.toHaveProperty('resumed');
    expect(types(observed).at(-1)).toBe('turn.completed');
    scripted.assertDone();
  });
});

describe('resuming what is there', () => {
  it('takes the last session of the folder', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const workingDirectory = place.folder;
    const first = await observe(exec$({ ...ask(scripted, 'First.'), workingDirectory }));
    const second = await observe(resume$({ ...ask(scripted, 'Second.'), workingDirectory, session: { last: true } }));
    expect(second.error).toBeUndefined();
    expect(second.values[0]).toMatchObject({ thread_id: threadOf(first), resumed: true });
  });

  it('continues in the folder where the session started', async () => {
    await using scripted = await openScriptedModel([
      model.say('One.'),
      model.run('pwd'),
      model.say('Two.'),
      model.run('pwd'),
      model.say('Three.'),
    ]);
    const workingDirectory = place.folder;
    const base: ExecRequest = { ...ask(scripted, 'Where are you?'), workingDirectory: undefined };
    const session = threadOf(await observe(exec$({ ...base, workingDirectory })));
    for (const run$ of [resume$({ ...base, session }), fork$({ ...base, session })]) {
      const { values, error } = await observe(run$);
      expect(error).toBeUndefined();
      const output = values.map((event) =>
        event.type === 'item.completed' && event.item.type === 'command_execution' ? event.item.aggregated_output : '',
      );
      expect(output.join('').trim()).toBe(realpathSync(workingDirectory));
    }
  });

  it('waits for a run on that thread that is being ended in the middle of a command', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.run('sleep 300'), model.say('Three.')]);
    const session = threadOf(await observe(exec$(ask(scripted, 'First.'))));
    await observe(
      resume$({ ...ask(scripted, 'Second.'), session }).pipe(takeWhile(({ type }) => type !== 'item.started')),
    );
    const third = await observe(resume$({ ...ask(scripted, 'Third.'), session }));
    expect(third.error).toBeUndefined();
    expect(third.values[0]).toMatchObject({ thread_id: session });
    expect(spawns.alive).toEqual([[], [], []]);
  });
});

describe('fork$', () => {
  it('goes on from a copy of the thread', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const session = threadOf(await observe(exec$(ask(scripted, 'First.'))));
    const observed = await observe(fork$({ ...ask(scripted, 'Second.'), session }));
    expect(observed.error).toBeUndefined();
    expect(observed.values[0]).toMatchObject({ type: 'thread.started', forked_from: session });
    expect(threadOf(observed)).not.toBe(session);
    expect(JSON.stringify(scripted.requests.at(-1))).toMatch(/First\.[^]*Second\./);
  });

  it('without a prompt may be left at its only event: the new thread is there', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const session = threadOf(await observe(exec$(ask(scripted, 'First.'))));
    const options = fullAccess(scripted, place);
    const { thread_id } = await firstValueFrom(fork$({ ...options, session }));
    await whenIdle();
    expect(spawns.ends).toEqual([0, 0]);
    const observed = await observe(resume$({ ...ask(scripted, 'Second.'), session: thread_id ?? '' }));
    expect(observed.error).toBeUndefined();
    expect(JSON.stringify(scripted.requests.at(-1))).toMatch(/First\.[^]*Second\./);
  });

  it('of an unknown session is a SessionError', async () => {
    await using scripted = await openScriptedModel([]);
    expect((await observe(fork$({ ...ask(scripted, 'Hello?'), session: THREAD }))).error).toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
  });
});

it('review$ reviews what is not committed', async () => {
  const findings = {
    findings: [
      {
        title: 'A bug',
        body: 'It does not add.',
        confidence_score: 1,
        priority: 1,
        code_location: { absolute_file_path: join(place.folder, 'repo', 'sum.js'), line_range: { start: 1, end: 1 } },
      },
    ],
    overall_correctness: 'patch is incorrect',
    overall_explanation: 'One bug was found.',
    overall_confidence_score: 1,
  };
  await using scripted = await openScriptedModel([model.say(JSON.stringify(findings))]);
  const workingDirectory = join(place.folder, 'repo');
  mkdirSync(workingDirectory);
  execFileSync('git', ['init', '-q'], { cwd: workingDirectory });
  writeFileSync(join(workingDirectory, 'sum.js'), 'const sum = (a, b) => a - b;\n');
  const options = fullAccess(scripted, place);
  const observed = await observe(review$({ ...options, workingDirectory, target: { uncommitted: true } }));
  expect(observed.error).toBeUndefined();
  expect(JSON.stringify(observed.values)).toContain('One bug was found.');
  expect(types(observed).at(-1)).toBe('turn.completed');
});

it('a failed turn of the real CLI is a TurnFailedError with a category and an unwrapped message', async () => {
  await using scripted = await openScriptedModel([model.fail('usage_limit')]);
  const observed = await observe(exec$(ask(scripted, 'Work.')));
  expect(observed.error).toMatchObject({ code: 'TURN_FAILED', category: 'usage_limit', exitCode: 1 });
});

it.each(['America/New_York', '<+0545>-5:45', undefined])(
  'the end of a usage limit is exact to the second in the time zone %s',
  async (timeZone) => {
    const resetsAt = new Date(Math.round(Date.now() / 1000) * 1000 + 5 * 3_600_000 + 7_000);
    const headers = {
      'x-codex-primary-used-percent': '100.0',
      'x-codex-primary-window-minutes': '300',
      'x-codex-primary-reset-at': String(resetsAt.getTime() / 1000),
    };
    await using scripted = await openScriptedModel([model.fail('usage_limit', { resetsAt, headers })]);
    const { env } = scripted.options;
    const observed = await observe(exec$({ ...ask(scripted, 'Work.'), env: { ...env, TZ: timeZone } }));
    expect(observed.error).toMatchObject({ category: 'usage_limit', resetsAt });
  },
);

it('a schema reaches the model, and its file is gone afterwards', async () => {
  const outputSchema = {
    type: 'object',
    properties: { answer: { type: 'number' } },
    required: ['answer'],
    additionalProperties: false,
  };
  await using scripted = await openScriptedModel([model.say('{"answer":42}')]);
  expect((await observe(exec$({ ...ask(scripted, 'Work.'), outputSchema }))).error).toBeUndefined();
  expect(JSON.stringify(scripted.requests[0])).toContain('"answer"');
});
