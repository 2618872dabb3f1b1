import { answer, call, complete, happened, item, map, message, meta, response, started } from './support.js';

const ORIGIN = '01a22eaa-28bb-70c0-8052-9540419f2be7';
const FORK = '01a22eaa-5a21-73c2-909d-1d2c314b0a65';
/** A turn of the origin, before the fork. */
const EARLIER = '01a22eaa-2b52-7382-8e5c-352a3b8a65a0';
/** A turn of the fork. */
const LATER = '01a22eaa-5b9b-78e1-83fc-5ae87687198c';

const tokens = (ms: number, input_tokens: number) =>
  happened(ms, {
    type: 'token_count',
    info: { total_token_usage: { input_tokens, cached_input_tokens: 0, output_tokens: 1 } },
  });
const user = (ms: number, text: string) => happened(ms, { type: 'user_message', message: text });
const said = (ms: number, text: string) => [
  happened(ms, { type: 'agent_message', message: text }),
  response(ms, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }),
];
const origin = (cli_version: string) => [
  meta({ id: FORK, forked_from_id: ORIGIN, cli_version }),
  meta({ id: ORIGIN, cli_version }),
];

/** The type of each event, marked if it is inherited. */
async function marks(...lines: readonly object[]): Promise<string[]> {
  const events = await map(...lines);
  return events.map(({ type, inherited }) => (inherited === true ? `inherited ${type}` : type));
}

describe('the events of a fork whose file contains a copy of its origin', () => {
  it('are inherited if their turn started before the fork (CLI 0.125)', async () => {
    const lines = [
      ...origin('0.125.0'),
      started(2, EARLIER),
      user(2, 'One'),
      ...said(2, '1'),
      tokens(2, 120),
      complete(2, EARLIER),
      started(10, LATER),
      user(11, 'Two'),
      ...said(12, '2'),
      tokens(12, 360),
      complete(12, LATER),
    ];
    const events = await map(...lines);

    expect(await marks(...lines)).toEqual([
      'thread.started',
      'inherited turn.started',
      'inherited item.completed',
      'inherited item.completed',
      'inherited turn.completed',
      'turn.started',
      'item.completed',
      'item.completed',
      'turn.completed',
    ]);
    expect(events[0]).toMatchObject({ thread_id: FORK, forked_from: ORIGIN });
    expect(events.every(({ thread_id }) => thread_id === FORK)).toBe(true);
  });

  it('are inherited until the first pause in a file without ids of turns (CLI 0.98)', async () => {
    const lines = [
      ...origin('0.98.0'),
      user(25, 'One'),
      ...said(26, '1'),
      tokens(26, 120),
      user(26, 'Two'),
      ...said(27, '2'),
      tokens(27, 240),
      response(190, { type: 'message', role: 'user', content: [] }),
      user(195, 'Three'),
      ...said(1300, '3'),
      tokens(1301, 480),
    ];

    expect(await marks(...lines)).toEqual([
      'thread.started',
      ...['turn.started', 'item.completed', 'item.completed', 'turn.completed'].map((type) => `inherited ${type}`),
      ...['turn.started', 'item.completed', 'item.completed', 'turn.completed'].map((type) => `inherited ${type}`),
      ...['turn.started', 'item.completed', 'item.completed', 'turn.completed'],
    ]);
  });

  it('are not inherited if the file only refers to its origin (CLI ≥ 0.150)', async () => {
    const lines = [
      meta({ id: FORK, forked_from_id: ORIGIN }),
      started(1, LATER),
      item(2, 2, message('m')),
      complete(3, LATER),
    ];

    expect(await marks(...lines)).toEqual(['thread.started', 'turn.started', 'item.completed', 'turn.completed']);
  });

  it('are not inherited after the data of the same session, which a resume repeats', async () => {
    const lines = [meta({ id: FORK }), meta({ id: FORK }), started(1, EARLIER), complete(2, EARLIER)];

    expect(await marks(...lines)).toEqual(['thread.started', 'turn.started', 'turn.completed']);
  });
});

describe('a call of a tool that no run shows, before CLI 0.150', () => {
  it('becomes an unknown item with the call and its output', async () => {
    const events = await map(
      meta({ cli_version: '0.125.0' }),
      started(1),
      user(1, 'Look'),
      call(2, 'c-1', 'view_image', { path: '/w/a.png' }),
      answer(3, 'c-1', 'attached'),
      complete(4),
    );
    const items = events.flatMap((event) => (event.type === 'item.completed' ? [event.item] : []));

    expect(items.slice(1)).toEqual([
      {
        type: 'unknown',
        item_type: 'function_call',
        id: 'c-1',
        raw: { call: expect.objectContaining({ name: 'view_image' }) as unknown, output: 'attached' },
      },
    ]);
  });

  it('becomes an unknown item with the call alone if it has no output', async () => {
    const events = await map(
      meta({ cli_version: '0.125.0' }),
      started(1),
      user(1, 'Look'),
      call(2, 'c-1', 'view_image', { path: '/w/a.png' }),
      complete(4),
    );

    expect(events.at(-2)).toMatchObject({
      type: 'item.completed',
      item: { type: 'unknown', item_type: 'function_call', raw: { name: 'view_image' } },
    });
  });
});
