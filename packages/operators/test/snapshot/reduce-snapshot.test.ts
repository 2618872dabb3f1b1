import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import {
  command,
  completed,
  message,
  notice,
  patch,
  spawn,
  started,
  textDelta,
  threadStarted,
  todoList,
  turnCompleted,
  turnFailed,
  turnStarted,
  updated,
  usageOf,
} from '../support/events.js';

const after = (...events: readonly ThreadEvent[]): ThreadSnapshot => events.reduce(reduceSnapshot, emptySnapshot);
const states = (snapshot: ThreadSnapshot) => [...snapshot.items.snapshots()].map(({ item, state }) => [item.id, state]);
const turnsOf = (snapshot: ThreadSnapshot) => snapshot.turns.toArray().map(({ turnId, status }) => [turnId, status]);

describe('reduceSnapshot', () => {
  it('knows nothing before the first event', () => {
    expect(JSON.parse(JSON.stringify(emptySnapshot))).toEqual({
      attempt: 0,
      status: 'pending',
      turns: [],
      items: [],
      files: [],
      commands: [],
      messages: [],
      notices: [],
      usage: {},
    });
  });

  it('follows a run from start to end', () => {
    const snapshot = after(
      threadStarted(),
      turnStarted('u1'),
      started(command('item_0'), 'u1'),
      completed(command('item_0', { status: 'completed', exit_code: 0 }), 'u1'),
      completed(message('item_1', 'Done.'), 'u1'),
      turnCompleted(usageOf(10), 'u1'),
    );
    expect(snapshot.threadId).toBe('t1');
    expect(snapshot.status).toBe('completed');
    expect(snapshot.items.toArray()).toEqual([
      command('item_0', { status: 'completed', exit_code: 0 }),
      message('item_1', 'Done.'),
    ]);
    expect(snapshot.commands.toArray()).toEqual([snapshot.items.at(0)]);
    expect(snapshot.messages.toArray()).toEqual([snapshot.items.at(1)]);
    expect(snapshot.usage).toEqual({ total: usageOf(10), turn: usageOf(10) });
    expect(snapshot.turns.toArray()).toMatchObject([{ turnId: 'u1', status: 'completed', usage: usageOf(10) }]);
    expect(snapshot.turns.at(0)?.items.toArray()).toEqual(snapshot.items.toArray());
  });

  it('tells the same without any thread and turn ids on the events', () => {
    const snapshot = after(turnStarted(), completed(message('item_0')), turnCompleted(usageOf(3)));
    expect(turnsOf(snapshot)).toEqual([[undefined, 'completed']]);
    expect(snapshot.turns.at(0)?.items).toHaveLength(1);
    expect(snapshot.usage.total).toEqual(usageOf(3));
  });

  describe('items', () => {
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

  describe('identity', () => {
    it('takes the same id in the next turn for another item', () => {
      const snapshot = after(
        threadStarted(),
        turnStarted('u1'),
        completed(message('item_0', 'one'), 'u1'),
        turnCompleted(undefined, 'u1'),
        turnStarted('u2'),
        started(message('item_0', 'two'), 'u2'),
      );
      expect(snapshot.messages.toArray().map(({ text }) => text)).toEqual(['one', 'two']);
      expect(snapshot.items.byId('item_0')).toMatchObject({ text: 'two' });
      expect(snapshot.items.byId('item_0', { turnId: 'u1' })).toMatchObject({ text: 'one' });
    });

    it('takes the same id in the next process for another item, in the same turn id, too', () => {
      const run = [threadStarted(), turnStarted('synthetic-turn-1'), completed(message('item_0'), 'synthetic-turn-1')];
      const snapshot = after(...run, ...run);
      expect(snapshot.items).toHaveLength(2);
      expect([...snapshot.items.snapshots()].map(({ run: number, index }) => [number, index])).toEqual([
        [0, 0],
        [1, 1],
      ]);
      expect(turnsOf(snapshot)).toEqual([
        ['synthetic-turn-1', 'interrupted'],
        ['synthetic-turn-1', 'in_progress'],
      ]);
    });

    it('gives a late event to the turn that it names, also when a later turn has an item of that id', () => {
      const snapshot = after(
        turnStarted('u1'),
        started(command('item_0'), 'u1'),
        turnCompleted(undefined, 'u1'),
        turnStarted('u2'),
        started(command('item_0', { command: 'other' }), 'u2'),
        completed(command('item_0', { status: 'completed' }), 'u1'),
      );
      expect(snapshot.commands.toArray()).toMatchObject([
        { status: 'completed' },
        { command: 'other', status: 'in_progress' },
      ]);
    });

    it('completes an item that was started before its turn', () => {
      const snapshot = after(
        threadStarted(),
        started(command('item_0')),
        turnStarted('u1'),
        completed(command('item_0', { status: 'completed' }), 'u1'),
      );
      expect(states(snapshot)).toEqual([['item_0', 'completed']]);
    });

    it('keeps a warning that comes before the turn outside of it', () => {
      const warning = completed({ id: 'item_0', type: 'error', message: 'Model metadata not found' });
      const snapshot = after(threadStarted(), warning, turnStarted('u1'), completed(message('item_1'), 'u1'));
      expect(snapshot.notices.toArray()).toEqual([
        { source: 'item', message: 'Model metadata not found', itemId: 'item_0', threadId: 't1' },
      ]);
      expect(snapshot.items.snapshotAt(0)?.turnId).toBeUndefined();
      expect(snapshot.turns.at(0)?.items).toHaveLength(1);
    });

    it('gives an item that comes after its turn to no turn, if it names none', () => {
      const snapshot = after(turnStarted('u1'), turnCompleted(undefined, 'u1'), completed(message('item_9')));
      expect(snapshot.turns.at(0)?.items).toHaveLength(0);
      expect(snapshot.items).toHaveLength(1);
    });

    it('completes an item after its turn, if the event names none', () => {
      const snapshot = after(
        turnStarted('u1'),
        started(command('item_0'), 'u1'),
        turnCompleted(undefined, 'u1'),
        completed(command('item_0', { status: 'completed' })),
      );
      expect(states(snapshot)).toEqual([['item_0', 'completed']]);
    });
  });

  describe('turns', () => {
    it('makes a turn of the first item that names it', () => {
      const snapshot = after(completed(message('item_0'), 'u9'));
      expect(turnsOf(snapshot)).toEqual([['u9', 'in_progress']]);
      expect(snapshot.status).toBe('in_progress');
    });

    it('makes a turn of an end without a start', () => {
      expect(turnsOf(after(turnCompleted(undefined, 'u1'), turnFailed('no', 'u2')))).toEqual([
        ['u1', 'completed'],
        ['u2', 'failed'],
      ]);
      expect(turnsOf(after(turnCompleted(), turnCompleted()))).toEqual([
        [undefined, 'completed'],
        [undefined, 'completed'],
      ]);
    });

    it('keeps why a turn failed, until the next one', () => {
      const failed = after(turnStarted('u1'), turnFailed('quota', 'u1'));
      expect([failed.status, failed.error?.message, failed.turns.at(0)?.error?.message]).toEqual([
        'failed',
        'quota',
        'quota',
      ]);
      expect(reduceSnapshot(failed, turnStarted('u2'))).toMatchObject({ status: 'in_progress', error: undefined });
    });

    it('lets a start and an end that are told twice change nothing', () => {
      const running = after(threadStarted(), turnStarted('u1'));
      expect(reduceSnapshot(running, turnStarted('u1'))).toBe(running);
      const over = reduceSnapshot(running, turnCompleted(usageOf(1), 'u1'));
      expect(reduceSnapshot(over, turnCompleted(usageOf(1), 'u1'))).toBe(over);
      expect(reduceSnapshot(over, turnStarted('u1'))).toBe(over);
      const begun = after(threadStarted());
      expect(reduceSnapshot(begun, threadStarted())).toBe(begun);
    });

    it('takes a turn whose end was not told for interrupted when the next one starts or ends', () => {
      expect(turnsOf(after(turnStarted('u1'), turnStarted('u2')))).toEqual([
        ['u1', 'interrupted'],
        ['u2', 'in_progress'],
      ]);
      expect(turnsOf(after(turnStarted('u1'), completed(message('m'), 'u2'), turnCompleted(undefined, 'u2')))).toEqual([
        ['u1', 'interrupted'],
        ['u2', 'completed'],
      ]);
    });

    it('ends a turn that was taken for interrupted without the items that came after it', () => {
      const snapshot = after(
        turnStarted('u1'),
        completed(message('item_0'), 'u1'),
        turnStarted('u2'),
        completed(message('item_1'), 'u2'),
        turnCompleted(undefined, 'u1'),
      );
      expect(snapshot.turns.toArray().map(({ status, items }) => [status, items.length])).toEqual([
        ['completed', 1],
        ['in_progress', 1],
      ]);
    });

    it('folds the turns of sub-agents that leak into the stream in the turn that is open', () => {
      const snapshot = after(
        threadStarted(),
        turnStarted('synthetic-turn-1', 't1'),
        started(command('item_0'), 'synthetic-turn-1', 't1'),
        turnStarted('synthetic-turn-2', 't1'),
        completed(command('item_0', { status: 'completed' }), 'synthetic-turn-2', 't1'),
        completed(message('item_1', 'of the sub-agent'), 'synthetic-turn-2', 't1'),
        completed(message('item_2', 'the answer'), 'synthetic-turn-2', 't1'),
        turnCompleted(usageOf(5), 'synthetic-turn-2', 't1'),
      );
      expect(turnsOf(snapshot)).toEqual([['synthetic-turn-1', 'completed']]);
      expect(states(snapshot)).toEqual([
        ['item_0', 'completed'],
        ['item_1', 'completed'],
        ['item_2', 'completed'],
      ]);
      expect(snapshot.status).toBe('completed');
    });
  });

  describe('a turn whose end has drifted', () => {
    const malformed = (event_type: string, raw?: unknown): ThreadEvent => ({
      type: 'malformed',
      event_type,
      line: '',
      line_number: 3,
      error: 'usage: expected an object',
      ...(raw !== undefined && { raw }),
    });
    const open = after(threadStarted('t1'), turnStarted('u1', 't1'), completed(message('item_0'), 'u1', 't1'));

    it('is completed all the same: the type alone says so', () => {
      const snapshot = reduceSnapshot(open, malformed('turn.completed', { type: 'turn.completed', usage: 7 }));
      expect(snapshot).toMatchObject({ status: 'completed', error: undefined, usage: { total: undefined } });
      expect(snapshot.turns.at(0)).toMatchObject({ status: 'completed', usage: undefined });
      expect(reduceSnapshot(snapshot, turnCompleted(usageOf(4), 'u1', 't1'))).toBe(snapshot);
    });

    it.each([
      [{ type: 'turn.failed', error: 'no model' }, 'no model'],
      [{ type: 'turn.failed', error: { message: 'no model', code: 7 } }, 'no model'],
      [{ type: 'turn.failed', message: 'no model' }, 'no model'],
      [{ type: 'turn.failed', error: 7 }, 'The turn failed; why could not be read (usage: expected an object).'],
      [undefined, 'The turn failed; why could not be read (usage: expected an object).'],
    ])('is failed with what can be read of %j', (raw, message) => {
      const snapshot = reduceSnapshot(open, malformed('turn.failed', raw));
      expect(snapshot).toMatchObject({ status: 'failed', error: { message } });
      expect(snapshot.turns.at(0)).toMatchObject({ status: 'failed', error: { message } });
    });

    it('is open after any other line that is malformed', () => {
      expect(reduceSnapshot(open, malformed('item.completed'))).toBe(open);
    });
  });

  describe('threads', () => {
    it('lets another thread complete the plan of the main one where the start of the turn named no thread', () => {
      const plan = after(
        turnStarted('u1'),
        completed(message('item_0'), 'u1', 't1'),
        completed(message('item_2'), undefined, 't2'),
        started(todoList('item_1', false)),
      );
      expect(plan.todos).toBe(plan.items.byId('item_1'));
      const done = reduceSnapshot(plan, completed(todoList('item_1', true), undefined, 't2'));
      expect(done.todos).toEqual(todoList('item_1', true));
      expect(done.todos).toBe(done.items.byId('item_1'));
    });

    it('does not take the plan of another thread for that of the main one', () => {
      const snapshot = after(
        threadStarted('t1'),
        turnStarted('u1', 't1'),
        started(todoList('item_0', false), undefined, 't2'),
        completed(todoList('item_0', true), undefined, 't2'),
      );
      expect(snapshot.todos).toBeUndefined();
    });

    it('keeps a sub-agent that starts in the middle of a turn apart from the main thread', () => {
      const snapshot = after(
        threadStarted('t1'),
        turnStarted('u1', 't1'),
        started(spawn('item_2'), 'u1', 't1'),
        threadStarted('t2'),
        turnStarted('u2', 't2'),
        completed(message('item_0', 'sub'), 'u2', 't2'),
        completed(todoList('item_0', true), 'u1', 't1'),
        completed(todoList('item_1', false, false), 'u2', 't2'),
        turnFailed('sub failed', 'u2', 't2'),
      );
      expect(snapshot).toMatchObject({ threadId: 't1', status: 'in_progress', error: undefined });
      expect(snapshot.todos).toEqual(todoList('item_0', true));
      expect(snapshot.items.byId('item_0', { threadId: 't2' })).toMatchObject({ text: 'sub' });
      expect(snapshot.turns.toArray().map(({ threadId, status }) => [threadId, status])).toEqual([
        ['t1', 'in_progress'],
        ['t2', 'failed'],
      ]);
      expect(reduceSnapshot(snapshot, turnCompleted(usageOf(4), 'u1', 't1'))).toMatchObject({
        status: 'completed',
        usage: { total: usageOf(4) },
      });
    });

    it('keeps each of several sub-agents apart that start at the same time', () => {
      const snapshot = after(
        threadStarted('t1'),
        turnStarted('u1', 't1'),
        started(spawn('item_0'), 'u1', 't1'),
        threadStarted('t2'),
        turnStarted('u2', 't2'),
        started(command('item_0'), 'u2', 't2'),
        threadStarted('t3'),
        turnStarted('u3', 't3'),
      );
      expect(snapshot).toMatchObject({ threadId: 't1', status: 'in_progress' });
    });

    it('goes over to a thread that starts after the first one was killed in the middle of its turn', () => {
      const killed = after(
        threadStarted('t1'),
        turnStarted('u1', 't1'),
        completed(spawn('item_0'), 'u1', 't1'),
        started(command('item_1'), 'u1', 't1'),
        threadStarted('t2'),
      );
      expect(killed).toMatchObject({ threadId: 't2', status: 'pending' });
      expect(killed.turns.toArray()).toMatchObject([{ threadId: 't1', status: 'interrupted' }]);
      const events = [
        turnStarted('u2', 't2'),
        completed(message('item_0'), 'u2', 't2'),
        turnCompleted(usageOf(3), 'u2', 't2'),
      ];
      const over = events.reduce(reduceSnapshot, killed);
      expect(over).toMatchObject({ threadId: 't2', status: 'completed', usage: { total: usageOf(3) } });
      expect(over.turns.toArray().map(({ status }) => status)).toEqual(['interrupted', 'completed']);
    });

    it('knows the turn of a thread again that goes on after another thread has started', () => {
      const merged = after(
        threadStarted('t1'),
        turnStarted('u1', 't1'),
        started(command('item_0'), 'u1', 't1'),
        threadStarted('t2'),
        turnStarted('u2', 't2'),
        completed(command('item_0'), 'u1', 't1'),
        turnCompleted(usageOf(3), 'u1', 't1'),
      );
      expect(merged).toMatchObject({ threadId: 't2', status: 'in_progress' });
      expect(merged.turns.toArray().map(({ status }) => status)).toEqual(['completed', 'in_progress']);
      expect([...merged.items.snapshots()]).toMatchObject([{ state: 'completed', turnId: 'u1' }]);
    });

    it('goes over to a second thread that starts after the first one', () => {
      const snapshot = after(
        threadStarted('t1'),
        turnStarted('u1'),
        completed(todoList('i', true)),
        turnCompleted(usageOf(9), 'u1'),
        threadStarted('t2'),
      );
      expect(snapshot).toMatchObject({
        threadId: 't2',
        status: 'pending',
        todos: undefined,
        usage: { total: undefined },
      });
      expect(
        reduceSnapshot(reduceSnapshot(snapshot, turnStarted('u2')), turnCompleted(usageOf(2), 'u2')).usage,
      ).toEqual({ total: usageOf(2), turn: usageOf(2) });
    });

    it('does not mind events of a thread before its start', () => {
      const snapshot = after(completed(message('item_0'), 'u1', 't1'), threadStarted('t1'), turnStarted('u1', 't1'));
      expect(snapshot.threadId).toBe('t1');
      expect(snapshot.items).toHaveLength(1);
    });
  });

  describe('a joined stream', () => {
    const joined = after(
      threadStarted('t1'),
      turnStarted('synthetic-turn-1'),
      started(command('item_0'), 'synthetic-turn-1'),
      threadStarted('t1', { resumed: true, attempt: 1 }),
      turnStarted('synthetic-turn-1'),
      completed(message('item_0', 'after the crash'), 'synthetic-turn-1'),
      turnCompleted(usageOf(8), 'synthetic-turn-1'),
    );

    it('has the attempt on the thread, its turn and its items', () => {
      expect(joined.attempt).toBe(1);
      expect(joined.turns.toArray().map(({ attempt, status }) => [attempt, status])).toEqual([
        [0, 'interrupted'],
        [1, 'completed'],
      ]);
      expect([...joined.items.snapshots()].map(({ attempt, run }) => [attempt, run])).toEqual([
        [0, 0],
        [1, 1],
      ]);
    });

    it('keeps the items of the attempts apart', () => {
      expect(joined.items.toArray()).toEqual([command('item_0'), message('item_0', 'after the crash')]);
      expect(joined.items.byId('item_0', { run: 0 })).toEqual(command('item_0'));
    });

    it('does not guess what the turn after the crash has used', () => {
      expect(joined.usage).toEqual({ total: usageOf(8), turn: undefined });
    });
  });

  describe('files', () => {
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

  it('collects notices and is otherwise not moved by them', () => {
    const snapshot = after(threadStarted(), turnStarted('u1'), notice('Reconnecting... 1/5'));
    expect(snapshot.notices.toArray()).toEqual([{ source: 'event', message: 'Reconnecting... 1/5' }]);
    expect(snapshot.status).toBe('in_progress');
  });

  it('returns the same snapshot for an event that changes nothing', () => {
    const snapshot = after(threadStarted());
    expect(reduceSnapshot(snapshot, { type: 'unknown', event_type: 'x', raw: {} })).toBe(snapshot);
    expect(reduceSnapshot(snapshot, { type: 'malformed', line: 'x', line_number: 1, error: 'no' })).toBe(snapshot);
  });

  it('refuses a snapshot that is none of its own', () => {
    expect(() =>
      reduceSnapshot({ ...JSON.parse(JSON.stringify(emptySnapshot)) } as ThreadSnapshot, threadStarted()),
    ).toThrow(TypeError);
  });
});
