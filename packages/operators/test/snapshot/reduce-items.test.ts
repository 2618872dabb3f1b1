import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import {
  command,
  completed,
  message,
  patch,
  started,
  textDelta,
  todoList,
  turnCompleted,
  turnStarted,
  updated,
} from '../support/events.js';

const after = (...events: readonly ThreadEvent[]): ThreadSnapshot => events.reduce(reduceSnapshot, emptySnapshot);
const states = (snapshot: ThreadSnapshot) => [...snapshot.items.snapshots()].map(({ item, state }) => [item.id, state]);

describe('reduceSnapshot: items', () => {
  it.each([
    ['another prefix', 'tool_7', 'item_7'],
    ['another prefix of the same length', 'itemA7', 'item_7'],
    ['zeros in front', 'item_07', 'item_7'],
    ['no number', 'item_', 'item_7'],
    ['a text behind the number', 'item_7b', 'item_7'],
    ['a number beyond all', 'item_9999999999', 'item_7'],
  ])('keeps ids apart that differ in %s', (_, one, other) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const snapshot = after(started(command(first)), started(command(second)), completed(command(first)));
      expect(states(snapshot)).toEqual([
        [first, 'completed'],
        [second, 'in_progress'],
      ]);
    }
  });

  it('replaces an item that is updated', () => {
    const snapshot = after(
      turnStarted('u1'),
      started(todoList('item_0', false), 'u1'),
      updated(todoList('item_0', true), 'u1'),
    );
    expect(snapshot.items.toArray()).toEqual([todoList('item_0', true)]);
    expect(snapshot.todos).toBe(snapshot.items.at(0));
    expect(states(snapshot)).toEqual([['item_0', 'in_progress']]);
  });

  it('takes an update of an item that was never started for its start', () => {
    expect(states(after(updated(command('item_7'))))).toEqual([['item_7', 'in_progress']]);
  });

  it('takes a completion without a start', () => {
    expect(states(after(completed(message('item_0'))))).toEqual([['item_0', 'completed']]);
  });

  it('keeps an item that never completes in progress, also after its turn', () => {
    const snapshot = after(turnStarted('u1'), started(command('item_0'), 'u1'), turnCompleted(undefined, 'u1'));
    expect(states(snapshot)).toEqual([['item_0', 'in_progress']]);
    expect(snapshot.status).toBe('completed');
  });

  it('lets a start or an update that comes late not undo a completion', () => {
    const done = completed(command('item_0', { status: 'completed' }), 'u1');
    const snapshot = after(turnStarted('u1'), done);
    expect(reduceSnapshot(snapshot, started(command('item_0'), 'u1'))).toBe(snapshot);
    expect(reduceSnapshot(snapshot, updated(command('item_0'), 'u1'))).toBe(snapshot);
  });

  it('takes the last of two completions: a refused patch has two', () => {
    const snapshot = after(
      completed(patch('item_0', [['add', '/a']], 'declined')),
      completed(patch('item_0', [['add', '/a']], 'failed')),
    );
    expect(snapshot.items.toArray()).toMatchObject([{ status: 'failed' }]);
    expect(snapshot.files.toArray()).toEqual([{ path: '/a', kind: 'add', status: 'failed', patches: 1 }]);
  });

  it('appends deltas, and makes an item of the first one if it must', () => {
    const snapshot = after(textDelta('m', 'Hel'), textDelta('m', 'lo'));
    expect(snapshot.messages.toArray()).toEqual([message('m', 'Hello')]);
    const output: ThreadEvent = {
      type: 'item.delta',
      item_id: 'c',
      item_type: 'command_execution',
      delta: { output_delta: 'x' },
    };
    expect(after(started(command('c')), output, output).commands.at(0)?.aggregated_output).toBe('xx');
    expect(after(output).commands.at(0)).toEqual(command('c', { command: '', aggregated_output: 'x' }));
  });

  it('lets other fields of a delta replace', () => {
    const delta = {
      type: 'item.delta',
      item_id: 'c',
      item_type: 'command_execution',
      delta: { exit_code: 3 },
    } as ThreadEvent;
    expect(after(started(command('c')), delta).commands.at(0)?.exit_code).toBe(3);
  });

  it('lets a delta after the completion change nothing', () => {
    const snapshot = after(completed(message('m', 'Hello')));
    expect(reduceSnapshot(snapshot, textDelta('m', '!'))).toBe(snapshot);
  });

  it.each([
    'reasoning',
    'file_change',
    'mcp_tool_call',
    'collab_tool_call',
    'web_search',
    'todo_list',
    'error',
    'user_message',
    'plan',
    'context_compaction',
    'image_view',
    'hologram',
  ])('makes an item of a delta of type %s', (item_type) => {
    const snapshot = after({ type: 'item.delta', item_id: 'x', item_type, delta: {} });
    expect(snapshot.items.byId('x')).toMatchObject(
      item_type === 'hologram' ? { type: 'unknown', item_type } : { type: item_type, id: 'x' },
    );
  });

  it('marks an item that failed, and keeps the reason', () => {
    const failed: ThreadEvent = { type: 'item.failed', item_id: 'item_0', error: { message: 'no' } };
    const snapshot = after(started(command('item_0')), failed);
    expect(snapshot.items.snapshotAt(0)).toMatchObject({
      state: 'failed',
      error: { message: 'no' },
      item: { status: 'failed' },
    });
    expect(after(failed).items.snapshotAt(0)).toMatchObject({
      state: 'failed',
      item: { type: 'unknown', id: 'item_0' },
    });
  });

  it('keeps items without an id apart', () => {
    const unknown = completed({ type: 'unknown', item_type: 'hologram', raw: 1 });
    expect(after(unknown, unknown).items).toHaveLength(2);
  });

  it('takes another type under the same id for another item', () => {
    const snapshot = after(started(command('item_0')), completed(message('item_0')));
    expect(snapshot.items.toArray()).toEqual([command('item_0'), message('item_0')]);
  });

  it('finds the item of its type before one that was not known', () => {
    const unknown: ThreadEvent = { type: 'item.delta', item_id: 'item_0', item_type: 'hologram', delta: {} };
    const snapshot = after(turnStarted('u1'), started(command('item_0')), unknown, completed(command('item_0')));
    expect(snapshot.items.toArray().map(({ type }) => type)).toEqual(['command_execution', 'unknown']);
  });

  it('lets an item that was not known become known', () => {
    const failed: ThreadEvent = { type: 'item.failed', item_id: 'item_0', error: { message: 'no' } };
    const snapshot = after(failed, completed(command('item_0')));
    expect(snapshot.items.toArray()).toEqual([command('item_0')]);
    expect(snapshot.commands.toArray()).toEqual([command('item_0')]);
  });
});

describe('reduceSnapshot: files', () => {
  it('takes the changes of a file together', () => {
    const { files } = after(
      completed(
        patch('1', [
          ['add', '/new'],
          ['update', '/old'],
          ['delete', '/back'],
        ]),
      ),
      completed(
        patch('2', [
          ['update', '/new'],
          ['delete', '/old'],
          ['add', '/back'],
        ]),
      ),
    );
    expect(files.toArray().map(({ path, kind, patches }) => [path, kind, patches])).toEqual([
      ['/new', 'add', 2],
      ['/old', 'delete', 2],
      ['/back', 'update', 2],
    ]);
    expect(files.byPath('/old')?.kind).toBe('delete');
    expect(files.byPath('/none')).toBeUndefined();
    expect(files.at(-1)?.path).toBe('/back');
    expect([...files]).toHaveLength(3);
    expect(JSON.parse(JSON.stringify(files))).toEqual(files.toArray());
  });

  it('shows no file before its patch is final, and none of a refused patch', () => {
    expect(after(started(patch('1', [['add', '/a']], 'in_progress'))).files).toHaveLength(0);
    expect(after(completed(patch('1', [['add', '/a']], 'declined'))).files).toHaveLength(0);
  });

  it('shows a moved file under both paths, where the new one is known', () => {
    const moved = {
      id: '1',
      type: 'file_change',
      status: 'completed',
      changes: [{ path: '/a', kind: 'update', move_path: '/b' }],
    } as const;
    expect(after(completed(moved)).files.toArray()).toMatchObject([
      { path: '/a', kind: 'delete' },
      { path: '/b', kind: 'add' },
    ]);
  });
});
