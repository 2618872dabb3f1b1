import { type ModelScript, model } from '../../src/model/index.js';
import { type RecordedRequest, recordRequest } from '../../src/model/recorded-request.js';
import { respond } from '../../src/model/respond.js';
import { createResponseQueue } from '../../src/model/response-queue.js';

function request(input: readonly object[], index = 0): RecordedRequest {
  return recordRequest(index, { method: 'POST', path: '/v1/responses', headers: {}, text: JSON.stringify({ input }) });
}

const prompt = request([{ role: 'user', content: 'Fix it' }]);
const after = request([{ type: 'function_call_output', call_id: 'call_1_1', output: 'x'.repeat(500) }], 1);
const ask = (script: ModelScript, ...requests: readonly RecordedRequest[]) => {
  const book = createResponseQueue(script);
  return requests.map((each) => respond(book, each)).at(-1);
};

it('is the reply that the script has', () => {
  expect(ask([model.say('Done.')], prompt)).toMatchObject({ kind: 'stream' });
});

it('without an answer says which request it was, what was given, and what is left', () => {
  const script = [model.run('ls'), model.when('other', model.say('Other.'))];
  expect(ask(script, prompt, after)).toBe(
    `scripted model: request 2 (after call_1_1: "${'x'.repeat(120)}…") found no answer. Given: answer 1 of 1 (run). ` +
      'Left for other requests: when("other"): answer 1 of 1 (say). Add an answer to the script.',
  );
  expect(ask([], prompt)).toMatch(
    /request 1 \(prompt "Fix it"\) found no answer\. Given: none\. Left for other requests: none/,
  );
});

it('says when a condition throws, instead of dropping the connection', () => {
  const broken = () => {
    throw new TypeError('oops');
  };
  expect(ask([model.when(broken, model.say('x'))], prompt)).toMatch(/the when\(\) predicate threw: TypeError: oops/);
});

it('says why an answer does not fit', () => {
  expect(ask([model.closeAgent()], prompt)).toMatch(
    /cannot get answer 1 of 1 \(closeAgent\): no sub-agent was started/,
  );
});
