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

describe('the responses of a script', () => {
  it('are one per entry', () => {
    const queue = createResponseQueue([model.run('a'), [model.say('b'), model.run('c')], []]);
    expect(kinds(queue.next(ask(''))?.steps)).toEqual(['run']);
    expect(kinds(queue.next(ask(''))?.steps)).toEqual(['say', 'run']);
    expect(kinds(queue.next(ask(''))?.steps)).toEqual([]);
    expect(queue.next(ask(''))).toBeUndefined();
  });

  it('include think, search and usage before the next entry', () => {
    const queue = createResponseQueue([
      model.think('a'),
      model.search('b'),
      model.usage({ input: 1 }),
      [model.say('c'), model.run('d')],
      model.think('e'),
    ]);
    expect(kinds(queue.next(ask(''))?.steps)).toEqual(['think', 'search', 'usage', 'say', 'run']);
    expect(kinds(queue.next(ask(''))?.steps)).toEqual(['think']);
  });
});

describe('next', () => {
  it('prefers rules to the rest and keeps the order of each', () => {
    const queue = createResponseQueue([
      model.say('rest'),
      model.when('red', model.say('red 1'), model.say('red 2')),
      model.whenever(/^blue/, model.say('blue 1'), model.say('blue again')),
    ]);
    const text = (prompt: string) => queue.next(ask(prompt))?.steps.map((step) => step.kind === 'say' && step.text)[0];
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

  it('supports patterns with a sticky or global flag', () => {
    const queue = createResponseQueue([model.whenever(/blue/gy, model.say('blue'))]);
    for (let i = 0; i < 3; i += 1) expect(queue.next(ask('blue'))).toBeDefined();
  });

  it('binds the responses of a sub-agent to its thread', () => {
    const queue = createResponseQueue([
      model.spawnAgent('Count', [model.run('ls'), model.say('3')]),
      model.spawnAgent('Count', [model.say('4')]),
      model.say('Done.'),
    ]);
    const label = (...args: Parameters<typeof ask>) => queue.next(ask(...args))?.label;
    expect(label('Please count')).toBe('response 1 of 3 (spawnAgent)');
    expect(label('Count', 'child')).toBe('response 1 of 2 (run)');
    expect(label('Please count')).toBe('response 2 of 3 (spawnAgent)');
    expect(label('Count', 'other child')).toBe('response 1 of 1 (say)');
    expect(label('a reminder', 'child', ['Count'])).toBe('response 2 of 2 (say)');
    expect(label('Please count')).toBe('response 3 of 3 (say)');
    expect(queue.remaining()).toEqual([]);
  });

  it('returns every response exactly once, in order', () => {
    const step = fc.constantFrom(model.say('a'), model.run('b'), model.think('c'), model.usage({ input: 1 }));
    const entry = fc.oneof(step, fc.array(step, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (script: ModelScript) => {
        const queue = createResponseQueue(script);
        const expected = queue.remaining();
        const steps: ModelStep[] = [];
        const labels: string[] = [];
        for (let response = queue.next(ask('')); response; response = queue.next(ask(''))) {
          steps.push(...response.steps);
          labels.push(response.label);
        }
        expect(steps).toEqual(script.flat());
        expect(labels).toEqual(expected);
        expect(queue.sent()).toEqual(expected);
        expect(queue.remaining()).toEqual([]);
      }),
    );
  });
});

it.each<[string, () => unknown, string]>([
  ['a status below 400', () => model.fail(200), 'must be a status from 400 to 599, or a kind such as'],
  ['zero deltas', () => model.say('a', { deltas: 0 }), '"say.deltas" must be a positive integer, got 0.'],
])('%s is a RequestError', (_, build, message) => {
  expect(build).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID', message: expect.stringContaining(message) as string }) as Error,
  );
});

describe('an invalid script', () => {
  it.each<[string, ModelScript, string]>([
    ['an object that is not a step', [model.say('a'), {} as ModelStep], '"script[1]" must consist of steps, got {}'],
    ['an undefined entry', [undefined as unknown as ModelStep], '"script[0]" must consist of steps, got undefined'],
    ['a step instead of a list', model.say('a') as unknown as ModelScript, '"script" must be a list'],
    [
      'a step after the end',
      [[model.hang(), model.say('a')]],
      '"script[0]" must not contain say after hang, which ends the response.',
    ],
    [
      'a status with other steps',
      [[model.say('a'), model.fail(500)]],
      '"script[0]" must contain nothing but fail(500), which is an HTTP status.',
    ],
    [
      'an entry of a rule',
      [model.when('x', [model.fail('dropped'), model.run('a')])],
      '"when("x")[0]" must not contain run after fail',
    ],
    [
      'an entry of a sub-agent',
      [model.spawnAgent('t', ['text' as unknown as ModelStep])],
      `"spawnAgent("t")[0]" must consist of steps, got 'text'`,
    ],
  ])('%s is a RequestError with the path of the entry', (_, script, message) => {
    expect(() => createResponseQueue(script)).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  it('may contain usage anywhere', () => {
    expect(() =>
      createResponseQueue([
        [model.hang(), model.usage({})],
        [model.usage({}), model.fail(400)],
      ]),
    ).not.toThrow();
  });
});
