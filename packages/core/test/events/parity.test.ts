import { createDecoder, decodeEvents, type ThreadEvent, threadIdOf } from '@codex-rx/core/events';
import { from } from 'rxjs';
import { sampleEvents } from './samples.js';
import { decodeAll, decodeValue, decodeValues } from './support.js';

// The parser checklist of the Rust crate. Tests name intended differences, and docs/parity.md lists them.

/** Streams as wrappers of older CLI versions wrote them. */
const streams: Readonly<Record<string, readonly string[]>> = {
  'nested, streaming': [
    '{"type":"thread.started","thread_id":"thread-a","color":"teal"}',
    '{"type":"turn.started"}',
    '{"type":"item.created","item":{"id":"msg-1","type":"agent_message","content":"Looking into it"}}',
    '{"type":"item.updated","item":{"id":"msg-1","type":"agent_message","content":" now"},"round":2}',
    '{"type":"turn.completed"}',
  ],
  'nested, resume': [
    '{"type":"thread.resumed","thread_id":"thread-b","color":"red"}',
    '{"type":"turn.started"}',
    '{"type":"item.created","item":{"id":"r-1","type":"reasoning","content":"Where were we?"}}',
    '{"type":"turn.completed"}',
  ],
  'flat, streaming': [
    '{"type":"thread.started","thread_id":"thread-c","build":7}',
    '{"type":"turn.started","thread_id":"thread-c","turn_id":"turn-c","input_text":"Go on"}',
    '{"type":"item.started","thread_id":"thread-c","turn_id":"turn-c","item_id":"m","item_type":"agent_message","content":{"text":"a"},"new":1}',
    '{"type":"item.delta","thread_id":"thread-c","turn_id":"turn-c","item_id":"m","item_type":"agent_message","delta":{"text_delta":"b"}}',
    '{"type":"item.completed","thread_id":"thread-c","turn_id":"turn-c","item_id":"m","item_type":"agent_message","content":{"text":"ab"},"extra":{"k":1}}',
    '{"type":"turn.completed","thread_id":"thread-c","turn_id":"turn-c","last_item_id":"m"}',
  ],
  'flat, resume': [
    '{"type":"thread.resumed","thread_id":"thread-d","build":8}',
    '{"type":"turn.started","turn_id":"turn-d"}',
    '{"type":"item.started","item_id":"r","item_type":"reasoning","content":{"text":"hm"}}',
    '{"type":"turn.completed"}',
  ],
};

const withBadStart: Readonly<Record<string, readonly string[]>> = {
  prose: ['warming up', '{"type":"thread.started","thread_id":"thread-e"}', '{"type":"turn.started"}'],
  'a truncated object': [
    '{"type":"thread.st',
    '{"type":"thread.started","thread_id":"thread-f"}',
    '{"type":"turn.started"}',
  ],
};

const typesOf = (lines: readonly string[]) => (decodeAll(lines) as ThreadEvent[]).map(({ type }) => type);
const thread = { type: 'thread.started', thread_id: 't-1' };
const turn = { type: 'turn.started', turn_id: 'u-1' };

describe('parser checklist', () => {
  it('a turn inherits the thread, and a nested text item without ids inherits both and keeps its own id', () => {
    expect(
      decodeValues(
        thread,
        { type: 'turn.started' },
        { type: 'item.created', item: { id: 'i', type: 'agent_message', text: 'x' } },
      ),
    ).toEqual([
      thread,
      { type: 'turn.started', thread_id: 't-1', turn_id: 'synthetic-turn-1' },
      {
        type: 'item.started',
        thread_id: 't-1',
        turn_id: 'synthetic-turn-1',
        item: { id: 'i', type: 'agent_message', text: 'x' },
      },
    ]);
  });

  it('a turn without a known thread is accepted, without a thread id', () => {
    expect(decodeValue({ type: 'turn.started' })).toEqual({ type: 'turn.started', turn_id: 'synthetic-turn-1' });
  });

  it.each(Object.entries(streams))(
    '%s has a thread start, a turn start and items, and nothing malformed',
    (_name, lines) => {
      const types = typesOf(lines);

      expect(types.slice(0, 3)).toEqual(['thread.started', 'turn.started', 'item.started']);
      expect(types).toHaveLength(lines.length);
      expect(types).not.toContain('malformed');
      expect(decodeAll(lines, { strict: true })).toEqual(decodeAll(lines));
    },
  );

  it('keeps unknown fields on the thread event and on the item', () => {
    const [first, , third] = decodeAll(streams['flat, streaming'] ?? []);

    expect(first).toHaveProperty('build', 7);
    expect(third).toHaveProperty('item.new', 1);
  });

  it.each(Object.entries(withBadStart))('decodes the thread and the turn after %s', (_name, lines) => {
    expect(typesOf(lines)).toEqual(['malformed', 'thread.started', 'turn.started']);
  });

  it('textual nested content becomes text', () => {
    const events = decodeAll(streams['nested, streaming'] ?? []);

    expect(events[2]).toHaveProperty('item.text', 'Looking into it');
    expect(events[3]).toMatchObject({ type: 'item.delta', item_id: 'msg-1', delta: { text_delta: ' now' }, round: 2 });
  });

  it('a trailing carriage return changes nothing', () => {
    for (const lines of Object.values(streams)) {
      expect(decodeAll(lines.map((line) => `${line}\r`))).toEqual(decodeAll(lines));
    }
  });

  it('decodes a line of an unknown type to one event, and the lines around it unchanged', () => {
    expect(decodeValues(thread, { type: 'thread.mystery' }, turn).map(({ type }) => type)).toEqual([
      'thread.started',
      'unknown',
      'turn.started',
    ]);
  });

  it('the operator and the decoder return the same events', () => {
    for (const lines of Object.values(streams)) {
      const events: ThreadEvent[] = [];
      from(lines)
        .pipe(decodeEvents())
        .subscribe((event) => events.push(event));

      expect(events).toEqual(decodeAll(lines));
    }
  });

  it('the thread id of an event is the stored text, for every type with an id', () => {
    for (const event of sampleEvents) expect(threadIdOf(event)).toBe(event.thread_id);
  });

  it('an error event has the thread id if it is known', () => {
    expect(decodeValue({ type: 'error', message: 'm' })).not.toHaveProperty('thread_id');
    expect(decodeValues(thread, { type: 'error', message: 'm' })[1]).toHaveProperty('thread_id', 't-1');
  });

  it('reading the thread id does not trim it', () => {
    expect(threadIdOf({ type: 'thread.started', thread_id: '  t ' })).toBe('  t ');
  });

  it('blank lines between events count', () => {
    const records = ['', JSON.stringify(thread), '', '', 'oops', '\t', '{"type":"turn.completed","usage":1}'];
    const decoder = createDecoder({ strict: true });
    const numbers = records.flatMap((line) => {
      const result = decoder.decode(line);
      return result._tag === 'Left'
        ? [-result.left.line]
        : result.right._tag === 'Some'
          ? [decoder.state.lineNumber]
          : [];
    });

    expect(numbers).toEqual([2, -5, -7]);
  });
});

describe('edge cases of the checklist', () => {
  const command = (fields: object) => ({
    type: 'item.completed',
    item: { id: 'i', type: 'command_execution', content: { command: 'ls', ...fields } },
  });
  const flat = (fields: object) => ({ type: 'item.started', item_id: 'i', item_type: 'agent_message', ...fields });

  it.each<[string, unknown, string]>([
    ['no item type', flat({ item_type: undefined, content: { text: '' } }), 'malformed'],
    ['no content', flat({}), 'malformed'],
    ['content that is a number', flat({ content: 3 }), 'malformed'],
    ['delta and content missing', { type: 'item.delta', item_id: 'i', item_type: 'reasoning' }, 'malformed'],
    ['an id that is no text', flat({ item_id: 3, content: { text: '' } }), 'malformed'],
    ['an empty id', flat({ item_id: '', content: { text: '' } }), 'item.started'],
    ['a fractional exit code', command({ exit_code: 0.5 }), 'malformed'],
    ['an exit code that is null', command({ exit_code: null }), 'item.completed'],
    ['output that is null', command({ stdout: null }), 'malformed'],
    ['a status that is a number', command({ status: 4 }), 'malformed'],
    [
      'todo items that are null',
      { type: 'item.started', item: { id: 'i', type: 'todo_list', items: null } },
      'malformed',
    ],
    ['an error that is text', { type: 'turn.failed', error: 'text' }, 'malformed'],
    ['an error event without a message', { type: 'error', error: 'text' }, 'malformed'],
    ['an error code that is a number', { type: 'error', message: 'm', code: 4 }, 'malformed'],
    ['an unknown item type', flat({ item_type: 'hologram', content: {} }), 'item.started'],
    ['an event type that is not known', { type: 'x' }, 'unknown'],
    ['a field and its alias', command({ stdout: 'a', output: 'b' }), 'item.completed'],
    ['an index that is no integer', flat({ index: 0.5, content: { text: '' } }), 'item.started'],
    ['an exit code beyond 32 bits', command({ exit_code: 3221225786 }), 'item.completed'],
    ['flat textual content', flat({ content: 'x' }), 'item.started'],
    ['a failure with a message only', { type: 'turn.failed', message: 'm' }, 'turn.failed'],
    ['a number', 42, 'malformed'],
    ['a list', [], 'malformed'],
    ['null', null, 'malformed'],
    ['an object without a type', {}, 'malformed'],
  ])('%s', (_name, value, type) => {
    expect(decodeValue(value)).toHaveProperty('type', type);
  });

  it('of the same key twice in a line the last one counts, except for the id of a web search', () => {
    expect(decodeAll(['{"type":"error","message":"a","message":"b"}'])).toEqual([{ type: 'error', message: 'b' }]);
  });

  it('an item of an unknown type keeps its thread and turn', () => {
    expect(decodeValues(thread, turn, { type: 'item.mystery', turn_id: 'u-2' })[2]).toMatchObject({
      thread_id: 't-1',
      turn_id: 'u-2',
    });
  });

  it('a turn without a thread counts: the next synthetic turn is number 2', () => {
    const ids = decodeValues({ type: 'turn.started' }, { type: 'turn.completed' }, thread, {
      type: 'turn.started',
    }).map(({ turn_id }) => turn_id);

    expect(ids).toEqual(['synthetic-turn-1', 'synthetic-turn-1', undefined, 'synthetic-turn-2']);
  });

  it('a thread with a conversation id only is accepted, and the next turn inherits it', () => {
    expect(decodeValues({ type: 'thread.started', conversation_id: 'c-1' }, turn)).toEqual([
      { type: 'thread.started', conversation_id: 'c-1', thread_id: 'c-1' },
      { ...turn, thread_id: 'c-1' },
    ]);
  });

  it('decodes a CRLF, a blank, an invalid and an unterminated last line', () => {
    const events = decodeAll([`${JSON.stringify(thread)}\r`, '', '{oops', '{"type":"turn.started"}']) as ThreadEvent[];

    expect(events.map(({ type }) => type)).toEqual(['thread.started', 'malformed', 'turn.started']);
    expect(events.find((event) => event.type === 'malformed')?.line_number).toBe(3);
  });

  it('a line that is not UTF-8 is malformed, and reading continues', () => {
    const events = decodeAll([
      JSON.stringify(thread),
      { text: '{"type":"\ufffd"}', line_number: 2, problem: 'invalid_utf8' },
      JSON.stringify(turn),
    ]) as ThreadEvent[];

    expect(events.map(({ type }) => type)).toEqual(['thread.started', 'malformed', 'turn.started']);
  });

  it('the context changes although the body is wrong', () => {
    const events = decodeValues(
      thread,
      turn,
      { type: 'turn.failed' },
      { type: 'item.started', item: { id: 'i', type: 'reasoning', text: '' } },
    );

    expect(events[2]).toMatchObject({ type: 'malformed', turn_id: 'u-1' });
    expect(events[3]).not.toHaveProperty('turn_id');
  });
});
