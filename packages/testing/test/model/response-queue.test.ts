import fc from 'fast-check';
import { type ModelScript, type ModelStep, model } from '../../src/model/index.js';
import { type RecordedRequest, recordRequest } from '../../src/model/recorded-request.js';
import { createResponseQueue } from '../../src/model/response-queue.js';

function ask(prompt: string, threadId = 'main', earlier: readonly string[] = []): RecordedRequest {
  const input = [...earlier, prompt].map((text) => ({
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text }],
  }));
  return recordRequest(0, {
    method: 'POST',
    path: '/v1/responses',
    headers: { 'thread-id': threadId },
    text: JSON.stringify({ input }),
  });
}

const kinds = (steps: readonly ModelStep[] | undefined) => steps?.map(({ kind }) => kind);

describe('grouping', () => {
  it('one entry is one response', () => {
    const book = createResponseQueue([model.run('a'), [model.say('b'), model.run('c')], []]);
    expect(kinds(book.next(ask(''))?.steps)).toEqual(['run']);
    expect(kinds(book.next(ask(''))?.steps)).toEqual(['say', 'run']);
    expect(kinds(book.next(ask(''))?.steps)).toEqual([]);
    expect(book.next(ask(''))).toBeUndefined();
  });

  it('think, search and usage join the entry after them', () => {
    const book = createResponseQueue([
      model.think('a'),
      model.search('b'),
      model.usage({ input: 1 }),
      [model.say('c'), model.run('d')],
      model.think('e'),
    ]);
    expect(kinds(book.next(ask(''))?.steps)).toEqual(['think', 'search', 'usage', 'say', 'run']);
    expect(kinds(book.next(ask(''))?.steps)).toEqual(['think']);
  });
});

describe('choice', () => {
  it('rules come before the rest, each in its own order', () => {
    const book = createResponseQueue([
      model.say('rest'),
      model.when('red', model.say('red 1'), model.say('red 2')),
      model.whenever(/^blue/, model.say('blue 1'), model.say('blue again')),
    ]);
    const text = (prompt: string) => book.next(ask(prompt))?.steps.map((step) => step.kind === 'say' && step.text)[0];
    expect(['blue', 'red', 'blue', 'a red one', 'bluer', 'red', 'red'].map(text)).toEqual([
      'blue 1',
      'red 1',
      'blue again',
      'red 2',
      'blue again',
      'rest',
      undefined,
    ]);
  });

  it('a pattern with a sticky or global flag matches each request anew', () => {
    const book = createResponseQueue([model.whenever(/blue/gy, model.say('blue'))]);
    for (let i = 0; i < 3; i += 1) expect(book.next(ask('blue'))).toBeDefined();
  });

  it('a sub-agent that was given its task claims its answers for its thread', () => {
    const book = createResponseQueue([
      model.spawnAgent('Count', [model.run('ls'), model.say('3')]),
      model.spawnAgent('Count', [model.say('4')]),
      model.say('Done.'),
    ]);
    const label = (...args: Parameters<typeof ask>) => book.next(ask(...args))?.label;
    expect(label('Please count')).toBe('answer 1 of 3 (spawnAgent)');
    expect(label('Count', 'child')).toBe('answer 1 of 2 (run)');
    expect(label('Please count')).toBe('answer 2 of 3 (spawnAgent)');
    expect(label('Count', 'other child')).toBe('answer 1 of 1 (say)');
    expect(label('a reminder', 'child', ['Count'])).toBe('answer 2 of 2 (say)');
    expect(label('Please count')).toBe('answer 3 of 3 (say)');
    expect(book.pending()).toEqual([]);
  });

  it('gives every answer exactly once, in order, whatever the entries are', () => {
    const step = fc.constantFrom(model.say('a'), model.run('b'), model.think('c'), model.usage({ input: 1 }));
    const entry = fc.oneof(step, fc.array(step, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (script: ModelScript) => {
        const book = createResponseQueue(script);
        const planned = book.pending();
        const steps: ModelStep[] = [];
        const labels: string[] = [];
        for (let answer = book.next(ask('')); answer; answer = book.next(ask(''))) {
          steps.push(...answer.steps);
          labels.push(answer.label);
        }
        expect(steps).toEqual(script.flat());
        expect(labels).toEqual(planned);
        expect(book.given()).toEqual(planned);
        expect(book.pending()).toEqual([]);
      }),
    );
  });
});

it.each<[string, () => unknown, string]>([
  ['a status that is no failure', () => model.fail(200), 'must be a status from 400 to 599, or a kind such as'],
  [
    'a number of pieces that is none',
    () => model.say('a', { deltas: 0 }),
    '"say.deltas" must be a positive integer, got 0.',
  ],
])('%s is a RequestError', (_, build, message) => {
  expect(build).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID', message: expect.stringContaining(message) as string }) as Error,
  );
});

describe('a wrong script', () => {
  it.each<[string, ModelScript, string]>([
    ['nothing that is a step', [model.say('a'), {} as ModelStep], '"script[1]" must consist of steps, got {}'],
    ['a hole', [undefined as unknown as ModelStep], '"script[0]" must consist of steps, got undefined'],
    ['a step instead of a list', model.say('a') as unknown as ModelScript, '"script" must be a list'],
    ['a step after the end', [[model.hang(), model.say('a')]], '"script[0]" is invalid: say stands after hang'],
    [
      'a status beside steps',
      [[model.say('a'), model.fail(500)]],
      '"script[0]" is invalid: fail(500) is a status instead of a response',
    ],
    [
      'one inside of a rule',
      [model.when('x', [model.fail('dropped'), model.run('a')])],
      '"when("x")[0]" is invalid: run stands after',
    ],
    [
      'one of a sub-agent',
      [model.spawnAgent('t', ['text' as unknown as ModelStep])],
      `"spawnAgent("t")[0]" must consist of steps, got 'text'`,
    ],
  ])('%s is a RequestError that says where', (_, script, message) => {
    expect(() => createResponseQueue(script)).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  it('usage may stand anywhere', () => {
    expect(() =>
      createResponseQueue([
        [model.hang(), model.usage({})],
        [model.usage({}), model.fail(400)],
      ]),
    ).not.toThrow();
  });
});
