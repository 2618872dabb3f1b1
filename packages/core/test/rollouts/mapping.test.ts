import {
  answer,
  brief,
  call,
  command,
  comparable,
  complete,
  happened,
  item,
  map,
  mapped,
  message,
  meta,
  records,
  response,
  started,
  streamed,
} from './support.js';

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

describe('items', () => {
  const only = async (fields: object) => (await map(meta(), started(1), item(5, 8, { id: 'i', ...fields }))).slice(2);

  it.each([
    [
      {
        type: 'UserMessage',
        content: [
          { type: 'text', text: 'a' },
          { type: 'image', url: 'x' },
          { type: 'text', text: 'b' },
        ],
      },
      { type: 'user_message', text: 'a\nb' },
    ],
    [
      {
        type: 'AgentMessage',
        content: [
          { type: 'Text', text: 'a' },
          { type: 'Text', text: 'b' },
        ],
        phase: 'commentary',
      },
      { type: 'agent_message', text: 'ab', phase: 'commentary' },
    ],
    [
      { type: 'Reasoning', summary_text: ['a', 'b'], raw_content: [] },
      { type: 'reasoning', text: 'a\nb' },
    ],
    [
      { type: 'Plan', text: 'a' },
      { type: 'plan', text: 'a' },
    ],
    [{ type: 'ContextCompaction' }, { type: 'context_compaction' }],
    [
      { type: 'ImageView', path: 'file:///a%20b.png' },
      { type: 'image_view', path: '/a b.png' },
    ],
    [
      { type: 'NewKind', x: 1 },
      { type: 'unknown', item_type: 'NewKind', raw: { type: 'NewKind', id: 'i', x: 1 } },
    ],
    [
      { type: 'CommandExecution', command: 5 },
      { type: 'unknown', item_type: 'CommandExecution', raw: { type: 'CommandExecution', id: 'i', command: 5 } },
    ],
  ])('that only complete: %j', async (recorded, expected) => {
    expect(await only(recorded)).toEqual([
      { type: 'item.completed', thread_id: 't-1', turn_id: 'turn-1', item: { id: 'i', ...expected } },
    ]);
  });

  it.each(['SubAgentActivity', 'EnteredReviewMode', 'ExitedReviewMode'])(
    'that a run does not show are left out: %s',
    async (type) => {
      expect(await only({ type })).toEqual([]);
    },
  );

  it('of compactions appear once, although the file contains them twice', async () => {
    const compaction = { type: 'ContextCompaction', id: 'i' };
    const events = await map(
      meta(),
      started(1),
      { type: 'compacted', payload: { message: 'x' } },
      item(5, 8, compaction),
    );
    expect(brief(events).slice(2)).toEqual(['item.completed i']);
  });

  it('are skipped if they are reasoning without text', async () => {
    expect(await only({ type: 'Reasoning', summary_text: [] })).toEqual([]);
  });

  it('of commands start without output and complete with it', async () => {
    const recorded = {
      ...command('i'),
      command: ['bash', '-lc', 'echo hi'],
      cwd: 'file:///home/a%20b',
      aggregated_output: 'hi\n',
      duration: { secs: 1, nanos: 2_999_999 },
    };
    const begun = {
      id: 'i',
      type: 'command_execution',
      command: "bash -lc 'echo hi'",
      aggregated_output: '',
      exit_code: null,
      status: 'in_progress',
      cwd: '/home/a b',
    };
    expect(await only(recorded)).toMatchObject([
      { type: 'item.started', item: begun },
      {
        type: 'item.completed',
        item: { ...begun, aggregated_output: 'hi\n', exit_code: 0, status: 'completed', duration_ms: 1002 },
      },
    ]);
  });

  it('of patches have their files sorted, with diffs and new paths', async () => {
    const changes = {
      '/w/b': { type: 'update', unified_diff: '@@', move_path: '/w/c' },
      '/w/a': { type: 'add', content: 'x\n' },
      '/w/c': { type: 'delete', content: 'y' },
    };
    const [begun, ended] = await only({ type: 'FileChange', changes, status: 'declined' });
    expect(begun).toMatchObject({ type: 'item.started', item: { status: 'in_progress' } });
    expect(ended).toMatchObject({
      item: {
        type: 'file_change',
        status: 'declined',
        changes: [
          { path: '/w/a', kind: 'add', diff: 'x\n' },
          { path: '/w/b', kind: 'update', diff: '@@', move_path: '/w/c' },
          { path: '/w/c', kind: 'delete', diff: 'y' },
        ],
      },
    });
  });

  it('of MCP calls contain the result or the error', async () => {
    const mcp = { type: 'McpToolCall', server: 's', tool: 't', arguments: { a: 1 } };
    expect(
      (
        await only({
          ...mcp,
          status: 'completed',
          result: { content: [], structuredContent: { n: 1 }, _meta: { k: 1 }, isError: false },
        })
      )[1],
    ).toMatchObject({
      item: {
        type: 'mcp_tool_call',
        result: { content: [], structured_content: { n: 1 }, _meta: { k: 1 } },
        error: null,
        status: 'completed',
      },
    });
    expect((await only({ ...mcp, status: 'failed', error: { message: 'no' } }))[1]).toMatchObject({
      item: { result: null, error: { message: 'no' }, status: 'failed' },
    });
  });

  it('of sub-agents contain the state of each', async () => {
    const [begun, ended] = await only({
      type: 'CollabAgentToolCall',
      tool: 'spawn_agent',
      status: 'completed',
      sender_thread_id: 't-1',
      receiver_thread_ids: ['t-2'],
      prompt: 'Go',
      agents_states: { 't-2': { completed: 'Done' }, 't-3': 'running' },
    });
    expect(begun).toMatchObject({
      item: { receiver_thread_ids: [], agents_states: {}, status: 'in_progress', prompt: 'Go' },
    });
    expect(ended).toMatchObject({
      item: {
        agents_states: { 't-2': { status: 'completed', message: 'Done' }, 't-3': { status: 'running', message: null } },
      },
    });
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

describe('files of older versions', () => {
  it.each(['0.47.0', '0.75.0', '0.98.0', '0.125.0'])(
    'of %s tell messages, thoughts, plans, commands, patches, MCP calls and ends',
    async (version) => {
      const events = await mapped(`${version}/rollout-1-session`);
      const live = await streamed(`${version}/rollout-1-session`);
      const last = (of: typeof events, type: string) =>
        of.flatMap((event) => (event.type === 'item.completed' && event.item.type === type ? [event.item] : []));
      for (const [kind, field] of [
        ['agent_message', 'text'],
        ['reasoning', 'text'],
        ['todo_list', 'items'],
        ['command_execution', 'aggregated_output'],
        ['command_execution', 'exit_code'],
      ] as const) {
        expect(last(events, kind).map((each) => (each as unknown as Record<string, unknown>)[field])).toEqual(
          last(live, kind).map((each) => (each as unknown as Record<string, unknown>)[field]),
        );
      }
      expect(last(events, 'file_change')).toMatchObject([
        { changes: [{ path: '/home/user/project/f.txt', kind: 'update' }], status: 'completed' },
      ]);
      expect(last(events, 'mcp_tool_call')).toMatchObject([
        { server: 'demo', tool: 'sum', arguments: { numbers: [1, 2] }, status: 'completed' },
      ]);
      expect(last(events, 'web_search')).toMatchObject(version === '0.47.0' ? [] : [{ query: 'rxjs' }]);
      expect(events.at(-1)).toMatchObject({
        type: 'turn.completed',
        usage: { input_tokens: 360, cached_input_tokens: 60, output_tokens: 90 },
      });
      expect(events.filter(({ type }) => type === 'turn.started')).toHaveLength(1);
    },
  );

  it.each([
    ['0.47.0', []],
    ['0.75.0', []],
    ['0.98.0', []],
    ['0.125.0', ['turn.completed']],
  ])('of %s do not tell that a turn failed', async (version, ends) => {
    const events = await mapped(`${version}/rollout-3-failed`);
    expect(brief(events.filter(({ type }) => type.startsWith('turn.')).slice(1))).toEqual(ends);
  });

  it('end a turn by its last response', async () => {
    const old = meta({ cli_version: '0.98.0' });
    const user = (ms: number) => happened(ms, { type: 'user_message', message: 'Go' });
    const said = (ms: number) => [
      happened(ms, { type: 'agent_message', message: 'Hm' }),
      response(ms, { type: 'message', role: 'assistant', content: [] }),
    ];
    const events = await map(old, user(1), ...said(2), user(3), ...said(4), call(5, 'a'), user(6), ...said(7));
    expect(brief(events)).toEqual([
      'thread.started',
      'turn.started',
      'item.completed item_0',
      'item.completed item_1',
      'turn.completed',
      'turn.started',
      'item.completed item_2',
      'item.completed item_3',
      'item.started a',
      'turn.started',
      'item.completed item_4',
      'item.completed item_5',
      'turn.completed',
    ]);
    expect(new Set(events.map(({ turn_id }) => turn_id))).toEqual(
      new Set([undefined, 'synthetic-turn-1', 'synthetic-turn-2', 'synthetic-turn-3']),
    );
  });

  it('may continue in a newer version', async () => {
    const events = await map(
      meta({ cli_version: '0.125.0' }),
      started(1),
      happened(2, { type: 'user_message', message: 'Go' }),
      call(3, 'a', 'exec_command', { cmd: 'ls' }),
      answer(4, 'a', 'Process exited with code 0\nOutput:\nx'),
      complete(5),
      started(6, 'turn-2'),
      item(7, 7, { type: 'UserMessage', id: 'u', content: [] }, 'turn-2'),
      call(8, 'b'),
      item(9, 10, command('b'), 'turn-2'),
      answer(11, 'b', 'Process exited with code 0\nOutput:\n'),
      complete(12, 'turn-2'),
    );
    expect(brief(events)).toEqual([
      'thread.started',
      'turn.started',
      'item.completed item_0',
      'item.started a',
      'item.completed a',
      'turn.completed',
      'turn.started',
      'item.completed u',
      'item.started b',
      'item.completed b',
      'turn.completed',
    ]);
  });

  it.each([
    ['{"output":"hi\\n","metadata":{"exit_code":3,"duration_seconds":0.1}}', 'hi\n', 3, 'failed'],
    ['Exit code: 0\nWall time: 0.1 seconds\nOutput:\nhi\nOutput:\n', 'hi\nOutput:\n', 0, 'completed'],
    [
      'Chunk ID: a\nWall time: 0.0 seconds\nProcess exited with code 127\nOriginal token count: 1\nOutput:\nhi',
      'hi',
      127,
      'failed',
    ],
    ['aborted by user', 'aborted by user', null, 'failed'],
    ['{"output":5}', '{"output":5}', null, 'failed'],
  ])('tell what a command printed: %j', async (output, text, code, status) => {
    const events = await map(
      meta({ cli_version: '0.98.0' }),
      started(1),
      call(2, 'a', 'shell', { command: ['ls', '-l a'] }),
      answer(3, 'a', output),
    );
    expect(events.at(-1)).toMatchObject({
      type: 'item.completed',
      item: { command: "ls '-l a'", aggregated_output: text, exit_code: code, status },
    });
  });

  it.each([
    [{ name: 'sum', namespace: 'mcp__demo__' }],
    [{ name: 'sum', namespace: 'mcp__demo' }],
    [{ name: 'mcp__demo__sum' }],
    [{ name: 'demo__sum' }],
  ])('tell the server and the tool of %j', async (named) => {
    const events = await map(
      meta({ cli_version: '0.98.0' }),
      started(1),
      response(2, { type: 'function_call', call_id: 'a', arguments: '{"n":1}', ...named }),
      answer(3, 'a', 'Wall time: 1 seconds\nOutput:\n3'),
    );
    expect(events.at(-1)).toMatchObject({
      item: {
        type: 'mcp_tool_call',
        server: 'demo',
        tool: 'sum',
        arguments: { n: 1 },
        result: { content: [{ type: 'text', text: '3' }] },
      },
    });
  });

  it('contain the files of a patch, relative to the folder of the turn', async () => {
    const input =
      '*** Begin Patch\n*** Update File: b.txt\n*** Move to: sub/c.txt\n@@\n-x\n+y\n*** Add File: /abs/a.txt\n+z\n*** Delete File: d\n*** End Patch';
    const patch = (id: string, output: string) => [
      response(2, { type: 'custom_tool_call', name: 'apply_patch', call_id: id, input }),
      response(3, { type: 'custom_tool_call_output', call_id: id, output }),
    ];
    const events = await map(
      meta({ cli_version: '0.98.0' }),
      started(1),
      { type: 'turn_context', payload: { cwd: '/other' } },
      ...patch('a', '{"output":"Success. Updated","metadata":{"exit_code":0}}'),
      ...patch('b', 'apply_patch verification failed: no'),
      ...patch('c', 'Exit code: 1\nOutput:\nno'),
    );
    expect(events.slice(2)).toMatchObject([
      {
        type: 'item.completed',
        item: {
          id: 'a',
          status: 'completed',
          changes: [
            { path: '/abs/a.txt', kind: 'add' },
            { path: '/other/b.txt', kind: 'update', move_path: '/other/sub/c.txt' },
            { path: '/other/d', kind: 'delete' },
          ],
        },
      },
      { type: 'item.completed', item: { id: 'b', type: 'unknown', raw: { call: { input } } } },
      { type: 'item.completed', item: { id: 'c', status: 'failed' } },
    ]);
  });

  it('contain compactions', async () => {
    const events = await map(meta({ cli_version: '0.98.0' }), started(1), {
      type: 'compacted',
      payload: { message: 'x' },
    });
    expect(events.at(-1)).toMatchObject({ item: { type: 'context_compaction' } });
  });
});
