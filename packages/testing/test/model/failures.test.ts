import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { model, openScriptedModel, type ScriptedModel, type ScriptedModelOptions } from '../../src/model/index.js';
import { type Event, type Item, minor, runCodex } from '../helpers/run-codex.js';

/** Older versions report an incomplete response as a broken stream. */
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
  const kinds = [
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
    ['quota', {}, /Quota exceeded|exceeded your current quota/],
    ['refused', { message: 'Not this prompt' }, /Not this prompt/],
    [
      'incomplete',
      { reason: 'content_filter' },
      knowsIncomplete ? /Incomplete response returned, reason: content_filter/ : /stream closed/,
    ],
  ] as const;
  it.each(kinds.filter((_, index) => process.env.TEST_ALL === '1' || index % 3 === 0))(
    '%s fails the turn with the message of the CLI',
    async (kind, options, message) => {
      const { events, failure, code } = await run([model.fail(kind, options)]);
      expect(failure).toMatch(message);
      expect(events.slice(-2).map(({ type }) => type)).toEqual(['error', 'turn.failed']);
      expect(code).toBe(1);
    },
  );

  it('sends a status with its message, code and headers', async () => {
    const { failure } = await run([
      model.fail(403, { message: 'Not from here', code: 'region', headers: { 'x-why': 'region' } }),
    ]);
    expect(failure).toMatch(/Not from here/);
  });

  it('sends the steps before the failure', async () => {
    const { items, failure } = await run([[model.say('Half an ans'), model.fail('incomplete')]]);
    expect(items).toMatchObject([{ type: 'agent_message', text: 'Half an ans' }]);
    expect(failure).toMatch(knowsIncomplete ? /max_output_tokens/ : /stream closed/);
  });

  it('lets the CLI retry with the next response', async () => {
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
  it('sends the steps before it and keeps the turn open until the CLI is killed', async () => {
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

  it('fails the turn when the scripted model is closed', async () => {
    const opened = (scripted = await openScriptedModel([model.hang()]));
    const running = runCodex(opened, 'Do it');
    await firstValueFrom(opened.requests$);
    await opened.close();
    expect((await running).failure).toMatch(/stream disconnected/);
  });
});

describe('a request without a response', () => {
  it('fails the run with a message that names the request and the script', async () => {
    scripted = await openScriptedModel([model.run('echo lonely')]);
    const { failure } = await runCodex(scripted, 'Do it');
    expect(failure).toMatch(/request 2 \(after call_1_1: .*lonely.*\) matches no response/);
    expect(failure).toMatch(/response 1 of 1 \(run\)/);
    expect(() => {
      scripted?.assertDone();
    }).toThrow(
      expect.objectContaining({
        code: 'SCRIPT_UNFINISHED',
        message: expect.stringContaining('matches no response') as string,
      }) as Error,
    );
  });

  it('fails the run with the reason if the response does not fit', async () => {
    scripted = await openScriptedModel([model.waitForCommand()]);
    expect((await runCodex(scripted, 'Do it')).failure).toMatch(/no command runs in the background.*background: true/);
    scripted = (await scripted.close(), await openScriptedModel([model.closeAgent()]));
    expect((await runCodex(scripted, 'Do it')).failure).toMatch(/no sub-agent runs.*model\.spawnAgent/);
  });
});

it('assertDone reports responses that were not requested', async () => {
  scripted = await openScriptedModel([
    model.say('Done.'),
    [model.think('Never'), model.say('Never.')],
    model.when('something else', model.run('true')),
  ]);
  await runCodex(scripted, 'Do it');
  expect(scripted.pending()).toEqual([
    'when("something else"): response 1 of 1 (run)',
    'response 2 of 2 (think + say)',
  ]);
  expect(() => {
    scripted?.assertDone();
  }).toThrow(/not requested: response 2 of 2 \(think \+ say\)/);
  await scripted.close();
  expect(await lastValueFrom(scripted.requests$.pipe(toArray()))).toHaveLength(1);
});
