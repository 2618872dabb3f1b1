import { model } from '../../src/index.js';
import { recordRequest } from '../../src/model/recorded-request.js';
import { createRunQueues, type ModelRun } from '../../src/model/run-queues.js';

const message = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });
const request = (threadId: string, prompt: string) =>
  recordRequest(0, {
    method: 'POST',
    path: '/v1/responses',
    headers: { 'thread-id': threadId },
    text: JSON.stringify({ input: [message(prompt)] }),
  });

describe('createRunQueues', () => {
  it('gives each thread the responses of its own script', () => {
    const runs: ModelRun[] = [];
    const queues = createRunQueues((run) => {
      runs.push(run);
      return [model.say(`a${String(run.index)}`), model.say(`b${String(run.index)}`)];
    });
    const labels = [
      queues.next(request('t1', 'One?')),
      queues.next(request('t2', 'Two?')),
      queues.next(request('t1', 'One more?')),
    ].map((response) => response?.label);
    expect(labels).toEqual(['response 1 of 2 (say)', 'response 1 of 2 (say)', 'response 2 of 2 (say)']);
    expect(runs).toEqual([
      { index: 0, prompt: 'One?', threadId: 't1' },
      { index: 1, prompt: 'Two?', threadId: 't2' },
    ]);
    expect(queues.remaining()).toEqual(['run 2: response 2 of 2 (say)']);
    expect(queues.sent()).toEqual([
      'run 1: response 1 of 2 (say)',
      'run 1: response 2 of 2 (say)',
      'run 2: response 1 of 2 (say)',
    ]);
    expect(queues.next(request('t1', 'And more?'))).toBeUndefined();
  });

  it('answers a sub-agent from the script of the thread that started it', () => {
    const queues = createRunQueues(() => [model.spawnAgent('Look.', [model.say('Seen.')]), model.say('Done.')]);
    queues.next(request('t1', 'One?'));
    expect(queues.next(request('t2', 'Look.'))?.label).toBe('response 1 of 1 (say)');
    expect(queues.next(request('t1', 'Go on.'))?.label).toBe('response 2 of 2 (say)');
    expect(queues.remaining()).toEqual([]);
  });
});
