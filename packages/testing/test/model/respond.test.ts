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
  const queue = createResponseQueue(script);
  return requests.map((each) => respond(queue, each)).at(-1);
};

it('returns the reply of the script', () => {
  expect(ask([model.say('Done.')], prompt)).toMatchObject({ kind: 'stream' });
});

it('returns the request, the sent and the remaining responses if no response matches', () => {
  const script = [model.run('ls'), model.when('other', model.say('Other.'))];
  expect(ask(script, prompt, after)).toBe(
    `scripted model: request 2 (after call_1_1: "${'x'.repeat(120)}…") matches no response of the script. Sent: response 1 of 1 (run). ` +
      'Remaining for other requests: when("other"): response 1 of 1 (say). Add a response to the script.',
  );
  expect(ask([], prompt)).toMatch(
    /request 1 \(prompt "Fix it"\) matches no response of the script\. Sent: none\. Remaining for other requests: none/,
  );
});

it('returns the error of a predicate that throws', () => {
  const broken = () => {
    throw new TypeError('oops');
  };
  expect(ask([model.when(broken, model.say('x'))], prompt)).toMatch(/a function of the script threw: TypeError: oops/);
});

it('returns the reason if the response does not fit', () => {
  expect(ask([model.closeAgent()], prompt)).toMatch(/does not fit response 1 of 1 \(closeAgent\): no sub-agent runs/);
});
