import { brief, command, item, map, meta, started } from '../support.js';

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
