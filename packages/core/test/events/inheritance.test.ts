import { decodeAll, decodeValue, decodeValues, strictError } from './support.js';

const thread = { type: 'thread.started', thread_id: 't-1' };
const turn = { type: 'turn.started' };
const item = { type: 'item.completed', item: { id: 'i', type: 'reasoning', text: '' } };
const idsOf = (events: readonly { readonly thread_id?: string; readonly turn_id?: string }[]) =>
  events.map((event) => [event.thread_id, event.turn_id]);

describe('the thread of an event', () => {
  it('is the last thread that started', () => {
    expect(idsOf(decodeValues(thread, item, { ...thread, thread_id: 't-2' }, item))).toEqual([
      ['t-1', undefined],
      ['t-1', undefined],
      ['t-2', undefined],
      ['t-2', undefined],
    ]);
  });

  it.each(['conversation_id', 'id'])('is read from %s without a thread_id', (name) => {
    const events = decodeValues({ type: 'thread.started', [name]: 't-9' }, turn);

    expect(events).toMatchObject([{ type: 'thread.started', thread_id: 't-9' }, { thread_id: 't-9' }]);
  });

  it('is required at its start', () => {
    expect(decodeValues(thread, { type: 'thread.started', thread_id: ' ' }, turn)).toMatchObject([
      {},
      { type: 'malformed', event_type: 'thread.started', error: 'thread_id: expected text that is not blank' },
      { thread_id: 't-1' },
    ]);
  });

  it('is unchanged at its start, and inherited without surrounding blanks', () => {
    expect(decodeValues({ type: 'thread.started', thread_id: ' t-1 ' }, turn)).toMatchObject([
      { thread_id: ' t-1 ' },
      { thread_id: 't-1' },
    ]);
  });

  it('changes with a turn that names another thread, but not with an item', () => {
    const events = decodeValues(thread, { ...turn, thread_id: 't-2' }, { ...item, thread_id: 't-3' }, item);

    expect(events.map((event) => event.thread_id)).toEqual(['t-1', 't-2', 't-3', 't-2']);
  });

  it('is on every later event of any type', () => {
    const events = decodeAll(
      [thread, { type: 'error', message: 'm' }, { type: 'x.y' }].map((e) => JSON.stringify(e)).concat('oops'),
    );

    expect(events).toMatchObject(
      ['thread.started', 'error', 'unknown', 'malformed'].map((type) => ({ type, thread_id: 't-1' })),
    );
  });

  it('is absent if it is not known', () => {
    expect(decodeValue(turn)).toEqual({ type: 'turn.started', turn_id: 'synthetic-turn-1' });
  });

  it.each(['', '  ', null])('ignores %j', (blank) => {
    expect(decodeValues(thread, { ...item, thread_id: blank })[1]).toHaveProperty('thread_id', 't-1');
    expect(decodeValue({ ...item, thread_id: blank })).not.toHaveProperty('thread_id');
  });

  it('replaces a number, unless decoding is strict', () => {
    expect(decodeValues(thread, { ...item, thread_id: 7 })[1]).toMatchObject({
      type: 'item.completed',
      thread_id: 't-1',
    });
    expect(strictError({ ...item, thread_id: 7 })).toMatchObject({ path: 'thread_id' });
  });
});

describe('the turn of an event', () => {
  it('gets a number if it has no id, and later turns get later numbers', () => {
    const completed = { type: 'turn.completed' };

    expect(idsOf(decodeValues(thread, turn, item, completed, item, turn, item))).toEqual([
      ['t-1', undefined],
      ['t-1', 'synthetic-turn-1'],
      ['t-1', 'synthetic-turn-1'],
      ['t-1', 'synthetic-turn-1'],
      ['t-1', undefined],
      ['t-1', 'synthetic-turn-2'],
      ['t-1', 'synthetic-turn-2'],
    ]);
  });

  it('keeps its own id, from turn_id or id', () => {
    expect(decodeValues({ ...turn, turn_id: 'a' }, item)).toMatchObject([{ turn_id: 'a' }, { turn_id: 'a' }]);
    expect(decodeValues({ ...turn, id: 'b' }, item)).toMatchObject([{ turn_id: 'b' }, { turn_id: 'b' }]);
  });

  it('stays the open turn when another starts without an id: the turn of a sub-agent opens no turn', () => {
    expect(idsOf(decodeValues(thread, turn, turn, item)).map(([, id]) => id)).toEqual([
      undefined,
      'synthetic-turn-1',
      'synthetic-turn-1',
      'synthetic-turn-1',
    ]);
  });

  it('ends with the thread, but the numbers continue', () => {
    expect(idsOf(decodeValues(thread, turn, { ...thread, thread_id: 't-2' }, item, turn)).map(([, id]) => id)).toEqual([
      undefined,
      'synthetic-turn-1',
      undefined,
      undefined,
      'synthetic-turn-2',
    ]);
  });

  it('does not count turns with their own ids, even if these look synthetic', () => {
    expect(decodeValues({ ...turn, turn_id: 'synthetic-turn-7' }, { type: 'turn.completed' }, turn)).toMatchObject([
      {},
      { turn_id: 'synthetic-turn-7' },
      { turn_id: 'synthetic-turn-1' },
    ]);
  });

  it('does not change with an item that names another turn', () => {
    expect(decodeValues(turn, { ...item, turn_id: 'x' }, item)).toMatchObject([
      {},
      { turn_id: 'x' },
      { turn_id: 'synthetic-turn-1' },
    ]);
  });
});
