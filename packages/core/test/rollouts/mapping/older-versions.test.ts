import {
  answer,
  brief,
  call,
  command,
  complete,
  happened,
  item,
  map,
  mapped,
  meta,
  response,
  started,
  streamed,
} from '../support.js';

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
