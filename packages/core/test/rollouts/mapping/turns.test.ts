import { answer, brief, call, command, complete, happened, item, map, message, meta, started } from '../support.js';

describe('turns', () => {
  it('that were interrupted have failed, with the reason as the code', async () => {
    const events = await map(
      meta(),
      started(1),
      call(2, 'a'),
      answer(5, 'a', 'aborted by user'),
      happened(6, { type: 'turn_aborted', turn_id: 'turn-1', reason: 'interrupted' }),
      item(3, 7, command('a', { status: 'failed' })),
    );
    expect(brief(events)).toEqual(['thread.started', 'turn.started', 'item.started a', 'error', 'turn.failed']);
    expect(events.at(-1)).toMatchObject({
      error: { message: 'The turn was aborted: interrupted', code: 'interrupted' },
    });
  });

  it('complete their plan before their end, also when they fail', async () => {
    const plan = {
      plan: [
        { step: 'One', status: 'completed' },
        { step: 'Two', status: 'in_progress' },
      ],
    };
    const events = await map(
      meta(),
      started(1),
      call(2, 'p', 'update_plan', plan),
      answer(3, 'p', 'Plan updated'),
      call(4, 'q', 'update_plan', plan),
      answer(5, 'q', 'Plan updated'),
      complete(6, 'turn-1', { error: { message: 'No', codex_error_info: { responseStreamDisconnected: {} } } }),
    );
    expect(brief(events).slice(2)).toEqual([
      'item.started p',
      'item.updated p',
      'error',
      'item.completed p',
      'turn.failed',
    ]);
    expect(events.at(-2)).toMatchObject({
      item: {
        type: 'todo_list',
        items: [
          { text: 'One', completed: true },
          { text: 'Two', completed: false },
        ],
      },
    });
    expect(events.at(-1)).toMatchObject({ error: { message: 'No', code: 'responseStreamDisconnected' } });
  });

  it('show no plan that was rejected', async () => {
    const events = await map(
      meta(),
      started(1),
      call(2, 'p', 'update_plan', { plan: 'bad' }),
      answer(3, 'p', 'failed to parse'),
      call(4, 'q', 'update_plan', { plan: [] }),
      answer(5, 'q', 'unsupported call: update_plan'),
      complete(6),
    );
    expect(brief(events)).toEqual(['thread.started', 'turn.started', 'turn.completed']);
  });

  it('report the tokens of the thread so far, if the file contains them', async () => {
    const count = (input_tokens: number) =>
      happened(2, {
        type: 'token_count',
        info: { total_token_usage: { input_tokens, cached_input_tokens: 1, output_tokens: 2, total_tokens: 9 } },
      });
    const events = await map(
      meta(),
      started(1),
      complete(2),
      started(3, 'turn-2'),
      count(10),
      count(20),
      happened(2, { type: 'token_count', info: null }),
      complete(4, 'turn-2'),
    );
    expect(events.filter(({ type }) => type === 'turn.completed')).toEqual([
      { type: 'turn.completed', thread_id: 't-1', turn_id: 'turn-1' },
      {
        type: 'turn.completed',
        thread_id: 't-1',
        turn_id: 'turn-2',
        usage: { input_tokens: 20, cached_input_tokens: 1, output_tokens: 2 },
      },
    ]);
  });

  it('of a review start once, with the id of their end', async () => {
    const events = await map(
      meta(),
      item(1, 1, { type: 'EnteredReviewMode', id: 'e' }, 'root'),
      happened(2, { type: 'task_started', turn_id: 'child', root_turn_id: 'root' }),
      item(3, 3, message('m'), 'root'),
      complete(4, 'root'),
    );
    expect(brief(events)).toEqual(['thread.started', 'turn.started', 'item.completed m', 'turn.completed']);
    expect(events.map(({ turn_id }) => turn_id)).toEqual([undefined, 'root', 'root', 'root']);
  });

  it('of a sub-agent have their own ids', async () => {
    const events = await map(
      meta({ parent_thread_id: 'p' }),
      happened(2, { type: 'task_started', turn_id: 'child', root_turn_id: 'root' }),
      item(3, 3, message('m'), 'child'),
      complete(4, 'child'),
    );
    expect(events.map(({ turn_id }) => turn_id)).toEqual([undefined, 'child', 'child', 'child']);
  });
});

describe('threads', () => {
  it('start once, with the origin of a fork', async () => {
    const events = await map(meta({ forked_from_id: 't-0' }), meta({ id: 't-0' }), started(1));
    expect(events).toMatchObject([
      { type: 'thread.started', thread_id: 't-1', forked_from: 't-0' },
      { type: 'turn.started', thread_id: 't-1' },
    ]);
  });
});
