import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { model, openScriptedModel, type ScriptedModel, type ScriptedModelOptions } from '../../src/model/index.js';
import { type Event, type Item, minor, runCodex } from '../helpers/run-codex.js';

/** Older versions take an incomplete response for a broken stream. */
const knowsIncomplete = minor >= 125;

let scripted: ScriptedModel | undefined;
afterEach(() => scripted?.close());

async function run(script: Parameters<typeof openScriptedModel>[0], options?: ScriptedModelOptions) {
  scripted = await openScriptedModel(script, options);
  const ran = await runCodex(scripted, 'Do it');
  scripted.assertDone();
  return ran;
}

describe('fail', () => {
  const resetsAt = new Date('2031-05-06T07:08:09Z');
  it.each([
    ['bad_request', { message: 'Unsupported value' }, /Unsupported value/],
    ['unauthorized', { message: 'Bad key' }, /401.*Bad key/],
    ['usage_limit', { resetsAt }, /usage limit.*(2031|May)/i],
    ['rate_limited', {}, /429 Too Many Requests/],
    ['server_error', {}, /high demand|500/i],
    ['overloaded', {}, /at capacity|overloaded|503/i],
    ['disconnected', {}, /stream disconnected before completion: stream closed/],
    ['dropped', {}, /stream disconnected before completion: (?!stream closed)/],
    ['malformed', {}, /stream disconnected before completion: stream closed/],
    ['context_overflow', {}, /ran out of room in the model's context window/],
    ['quota', {}, /Quota exceeded/],
    ['refused', { message: 'Not this prompt' }, /Not this prompt/],
    [
      'incomplete',
      { reason: 'content_filter' },
      knowsIncomplete ? /Incomplete response returned, reason: content_filter/ : /stream closed/,
    ],
  ] as const)('%s: the turn fails with what the CLI makes of it', async (kind, options, message) => {
    const { events, failure, code } = await run([model.fail(kind, options)]);
    expect(failure).toMatch(message);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['error', 'turn.failed']);
    expect(code).toBe(1);
  });

  it('a status of its own: with its message, its code and its headers', async () => {
    const { failure } = await run([
      model.fail(403, { message: 'Not from here', code: 'region', headers: { 'x-why': 'region' } }),
    ]);
    expect(failure).toMatch(/Not from here/);
  });

  it('after other steps: what came before it stays in the stream', async () => {
    const { items, failure } = await run([[model.say('Half an ans'), model.fail('incomplete')]]);
    expect(items).toMatchObject([{ type: 'agent_message', text: 'Half an ans' }]);
    expect(failure).toMatch(knowsIncomplete ? /max_output_tokens/ : /stream closed/);
  });

  it('with retries: the CLI says that it reconnects, and the turn completes with the next answer', async () => {
    const { events, code } = await run(
      [model.fail('disconnected'), model.fail('dropped'), model.say('Third time lucky.')],
      { retries: 3 },
    );
    const notices = events.filter(({ type }) => type === 'error').map(({ message }) => String(message));
    expect(notices).toHaveLength(2);
    expect(notices[1]).toMatch(/Reconnecting... 2\/3/);
    expect(events.at(-2)?.item).toMatchObject({ text: 'Third time lucky.' } satisfies Partial<Item>);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed' } satisfies Partial<Event>);
    expect(code).toBe(0);
  });
});

describe('hang', () => {
  it('keeps the turn open until the CLI is ended; what came before it was sent', async () => {
    scripted = await openScriptedModel([model.run('echo one'), [model.say('I think…'), model.hang()]]);
    const abort = new AbortController();
    const running = runCodex(scripted, 'Do it', {
      signal: abort.signal,
      onEvent: ({ item }) => {
        if (item?.type === 'agent_message') abort.abort();
      },
    });
    const { events, code } = await running;
    expect(code).not.toBe(0);
    expect(events.at(-1)).toMatchObject({ type: 'item.completed', item: { text: 'I think…' } });
  });

  it('ends when the scripted model is closed: the turn fails', async () => {
    const opened = (scripted = await openScriptedModel([model.hang()]));
    const running = runCodex(opened, 'Do it');
    await firstValueFrom(opened.requests$);
    await opened.close();
    expect((await running).failure).toMatch(/stream disconnected/);
  });
});

describe('a request without an answer', () => {
  it('fails the run with a message that says which request it was and what the script had', async () => {
    scripted = await openScriptedModel([model.run('echo lonely')]);
    const { failure } = await runCodex(scripted, 'Do it');
    expect(failure).toMatch(/request 2 \(after call_1_1: .*lonely.*\) found no answer/);
    expect(failure).toMatch(/answer 1 of 1 \(run\)/);
    expect(() => {
      scripted?.assertDone();
    }).toThrow(
      expect.objectContaining({
        code: 'SCRIPT_UNFINISHED',
        message: expect.stringContaining('found no answer') as string,
      }) as Error,
    );
  });

  it('also for an answer that does not fit: it says why', async () => {
    scripted = await openScriptedModel([model.waitForCommand()]);
    expect((await runCodex(scripted, 'Do it')).failure).toMatch(/no command was left running.*background: true/);
    scripted = (await scripted.close(), await openScriptedModel([model.closeAgent()]));
    expect((await runCodex(scripted, 'Do it')).failure).toMatch(/no sub-agent was started.*model\.spawnAgent/);
  });
});

it('answers that were never asked for are reported', async () => {
  scripted = await openScriptedModel([
    model.say('Done.'),
    [model.think('Never'), model.say('Never.')],
    model.when('something else', model.run('true')),
  ]);
  await runCodex(scripted, 'Do it');
  expect(scripted.pending()).toEqual(['when("something else"): answer 1 of 1 (run)', 'answer 2 of 2 (think + say)']);
  expect(() => {
    scripted?.assertDone();
  }).toThrow(/never given: answer 2 of 2 \(think \+ say\)/);
  await scripted.close();
  expect(await lastValueFrom(scripted.requests$.pipe(toArray()))).toHaveLength(1);
});
