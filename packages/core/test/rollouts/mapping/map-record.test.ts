import {
  answer,
  brief,
  call,
  command,
  comparable,
  complete,
  item,
  map,
  mapped,
  message,
  meta,
  records,
  started,
  streamed,
} from '../support.js';

describe('records of real session files', () => {
  it.each([
    '0.47.0/rollout-1-session',
    '0.47.0/rollout-3-failed',
    '0.75.0/rollout-2-after-resume',
    '0.98.0/rollout-2-after-resume',
    '0.125.0/rollout-2-after-resume',
    '0.150.1/rollout-2-after-resume',
    '0.150.1/rollout-3-failed',
    '0.169.0/rollout-2-after-resume',
    '0.169.0/rollout-3-failed',
  ])('are all known: %s', async (name) => {
    const [first, ...others] = await records(name);
    expect(first).toMatchObject({ line_number: 1, type: 'session_meta', payload: { cli_version: name.split('/')[0] } });
    expect(others.length).toBeGreaterThan(3);
  });
});

describe('the events of a session file', () => {
  it.each([
    '0.150.1/rollout-1-session',
    '0.150.1/rollout-3-failed',
    '0.169.0/rollout-1-session',
    '0.169.0/rollout-3-failed',
  ])('are those of the run: %s', async (name) => {
    const failed = name.endsWith('failed');
    const live = comparable(await streamed(name));
    const ours = comparable(await mapped(name)) as { type: string; error?: object }[];
    // The file knows the class of a failure, too.
    const known = ours.map((event) =>
      failed && event.type === 'turn.failed'
        ? { ...event, error: { message: (event.error as { message: string }).message } }
        : event,
    );
    expect(known).toEqual(live);
  });

  it.each(['0.150.1', '0.169.0'])('contain both runs of a resumed thread: %s', async (version) => {
    const second = comparable(await streamed(`${version}/rollout-2-after-resume`)).slice(1);
    const both = comparable(await mapped(`${version}/rollout-2-after-resume`));
    expect(both.slice(-second.length)).toEqual(second);
    expect(both.filter((event) => (event as { type: string }).type === 'thread.started')).toHaveLength(1);
  });

  it('carry the ids of the file', async () => {
    const events = await mapped('0.169.0/rollout-1-session');
    const [{ thread_id, turn_id } = {}] = events.slice(1);
    expect(turn_id).toMatch(/^019a0000-/);
    expect(events.every((event) => event.thread_id === thread_id)).toBe(true);
    expect(events.slice(1).every((event) => event.turn_id === turn_id)).toBe(true);
    expect(events.map((event) => ('item' in event ? event.item.id : undefined)).filter(Boolean)).toEqual([
      expect.any(String),
      'rs_1',
      'msg_0',
      'call_fc_1',
      'call_fc_2',
      'call_fc_2',
      'ws_1',
      'ws_1',
      'call_ct_1',
      'call_ct_1',
      'call_fc_3',
      'call_fc_3',
      'msg_1',
      'call_fc_1',
    ]);
  });

  it('contain user messages, folders, durations and diffs', async () => {
    const events = await mapped('0.169.0/rollout-1-session');
    const items = events.flatMap((event) => (event.type === 'item.completed' ? [event.item] : []));
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'user_message', text: 'Do everything' }),
        expect.objectContaining({ type: 'command_execution', cwd: '/home/user/project', duration_ms: 0 }),
        expect.objectContaining({
          type: 'file_change',
          changes: [{ path: '/home/user/project/f.txt', kind: 'update', diff: '@@ -1 +1 @@\n-a\n+b\n' }],
        }),
      ]),
    );
  });

  it('contain the class of a failure', async () => {
    const events = await mapped('0.169.0/rollout-3-failed');
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', error: { code: 'other' } });
    expect(events.at(-2)).toMatchObject({ type: 'error' });
  });
});

describe('the order of the events', () => {
  it('is that of the times, for concurrent calls', async () => {
    const events = await map(
      meta(),
      started(1),
      call(2, 'a'),
      call(2, 'b'),
      item(11, 20, command('b')),
      item(10, 30, command('a')),
      answer(31, 'a'),
      answer(31, 'b'),
      item(40, 40, message('m')),
      complete(50),
    );
    expect(brief(events)).toEqual([
      'thread.started',
      'turn.started',
      'item.started a',
      'item.started b',
      'item.completed b',
      'item.completed a',
      'item.completed m',
      'turn.completed',
    ]);
  });

  it('is that of the file within a millisecond', async () => {
    const events = await map(
      meta(),
      started(1),
      call(2, 'a'),
      call(2, 'b'),
      item(10, 10, command('a')),
      item(10, 10, command('b')),
      complete(50),
    );
    expect(brief(events).slice(2, -1)).toEqual([
      'item.started a',
      'item.completed a',
      'item.started b',
      'item.completed b',
    ]);
  });

  it('is that of the calls for parallel tools, within a millisecond', async () => {
    const mcp = (id: string, readOnlyHint = true) => ({
      type: 'McpToolCall',
      id,
      server: 's',
      tool: 't',
      arguments: {},
      status: 'completed',
      readOnlyHint,
    });
    const side = await map(
      meta(),
      started(1),
      call(2, 'a'),
      call(2, 'b'),
      call(2, 'c'),
      item(11, 11, mcp('b')),
      item(11, 12, mcp('a')),
      item(11, 12, mcp('c')),
      complete(50),
    );
    expect(brief(side).slice(2, -1)).toEqual([
      'item.started a',
      'item.started b',
      'item.started c',
      'item.completed b',
      'item.completed a',
      'item.completed c',
    ]);
    const apart = await map(
      meta(),
      started(1),
      call(2, 'a'),
      call(2, 'b'),
      item(11, 11, mcp('a', false)),
      item(11, 11, mcp('b', false)),
      complete(50),
    );
    expect(brief(apart).slice(2, -1)).toEqual([
      'item.started a',
      'item.completed a',
      'item.started b',
      'item.completed b',
    ]);
  });

  it('shows the start of a background command at its time', async () => {
    const events = await map(
      meta(),
      started(1),
      call(2, 'a'),
      answer(5, 'a', 'Wall time: 1\nProcess running with session ID 7\nOutput:\nx'),
      item(6, 6, message('m')),
      call(7, 'b', 'write_stdin'),
      item(3, 9, command('a')),
      answer(10, 'b', 'done'),
      item(12, 12, message('n')),
      complete(50),
    );
    expect(brief(events).slice(2, -1)).toEqual([
      'item.started a',
      'item.completed m',
      'item.completed a',
      'item.completed n',
    ]);
  });

  it('shows a command that outlives its turn as started, and not as completed', async () => {
    const events = await map(
      meta(),
      started(1),
      call(2, 'a'),
      answer(5, 'a', 'Process running with session ID 7\nOutput:\n'),
      item(6, 6, message('m')),
      complete(7),
      item(3, 9, command('a', { status: 'failed', exit_code: -1 })),
      started(20, 'turn-2'),
      item(21, 21, message('n'), 'turn-2'),
      complete(22, 'turn-2'),
    );
    expect(brief(events)).toEqual([
      'thread.started',
      'turn.started',
      'item.started a',
      'item.completed m',
      'turn.completed',
      'turn.started',
      'item.completed n',
      'turn.completed',
    ]);
    expect(events[2]).toMatchObject({ turn_id: 'turn-1' });
  });

  it('does not wait for a call without an item', async () => {
    const events = await map(meta(), started(1), call(2, 'a'), answer(3, 'a', 'denied'), item(4, 4, message('m')));
    expect(brief(events).slice(2)).toEqual(['item.completed m']);
  });

  it('loses nothing of a session that was killed during a call', async () => {
    const events = await map(meta(), started(1), item(2, 2, message('m')), call(3, 'a'), item(4, 4, message('n')));
    expect(brief(events).slice(2)).toEqual(['item.completed m', 'item.completed n']);
    const resumed = await map(
      meta(),
      started(1),
      call(3, 'a'),
      item(4, 4, message('n')),
      started(9, 'turn-2'),
      complete(10, 'turn-2'),
    );
    expect(brief(resumed)).toEqual([
      'thread.started',
      'turn.started',
      'item.completed n',
      'turn.started',
      'turn.completed',
    ]);
  });
});

describe('damage', () => {
  it('becomes a malformed event at its position, and the rest is unchanged', async () => {
    const events = await map(meta(), started(1), { type: 'event_msg' }, item(2, 2, message('m')), complete(3));
    expect(brief(events)).toEqual([
      'thread.started',
      'turn.started',
      'malformed',
      'item.completed m',
      'turn.completed',
    ]);
    expect(events[2]).toMatchObject({
      line_number: 3,
      error: 'payload: not an object',
      thread_id: 't-1',
      turn_id: 'turn-1',
    });
  });

  it('to the session data does not prevent events', async () => {
    expect(brief(await map(started(1), item(2, 2, message('m'))))).toEqual(['turn.started', 'item.completed m']);
  });
});
