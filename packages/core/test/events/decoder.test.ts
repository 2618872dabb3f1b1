import { type DecoderState, decodeStep } from '@codex-rx/core/codecs';
import { isCodexError } from '@codex-rx/core/errors';
import { createDecoder, type RawLine } from '@codex-rx/core/events';
import { decodeAll, decodeValue, decodeValues, strictError } from './support.js';

const started = '{"type":"thread.started","thread_id":"t-1"}';
const turn = '{"type":"turn.started"}';
const message = '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"hi"}}';

describe('createDecoder', () => {
  it('decodes the lines of a run, each with its thread and turn', () => {
    const ids = { thread_id: 't-1', turn_id: 'synthetic-turn-1' };

    expect(decodeAll([started, turn, message, '{"type":"turn.completed"}'])).toEqual([
      { type: 'thread.started', thread_id: 't-1' },
      { type: 'turn.started', ...ids },
      { type: 'item.completed', ...ids, item: { id: 'item_0', type: 'agent_message', text: 'hi' } },
      { type: 'turn.completed', ...ids },
    ]);
  });

  it.each(['', ' ', '\t \r', '\u0085', '\u00a0\u3000\u2028'])('returns none for the blank line %j', (line) => {
    expect(createDecoder().decode(line)).toEqual({ _tag: 'Right', right: { _tag: 'None' } });
  });

  it('does not treat a byte-order mark as a blank', () => {
    expect(decodeAll(['\ufeff'])).toMatchObject([{ type: 'malformed' }]);
  });

  it('ignores a trailing carriage return and surrounding blanks', () => {
    expect(decodeAll([` \t${started} \r`])).toEqual(decodeAll([started]));
  });

  it('counts blank lines', () => {
    expect(decodeAll(['', started, ' ', 'oops'])).toMatchObject([{}, { type: 'malformed', line_number: 4 }]);
  });

  it('continues to count from the number of a problem line', () => {
    const decoder = createDecoder();
    decoder.decode(started);
    decoder.decode({ text: '{', line_number: 7, problem: 'oversize' });
    decoder.decode('');

    expect(decoder.state.lineNumber).toBe(8);
  });

  it('resets its state', () => {
    const decoder = createDecoder();
    const before = decoder.state;
    for (const line of [started, turn, message]) decoder.decode(line);
    expect(decoder.state).toEqual({ lineNumber: 3, threadId: 't-1', turnId: 'synthetic-turn-1', syntheticTurns: 1 });
    decoder.reset();

    expect(decoder.state).toEqual(before);
    expect(decoder.decode(turn)).toMatchObject({ right: { value: { turn_id: 'synthetic-turn-1' } } });
  });

  it('returns a state that later lines do not change', () => {
    const decoder = createDecoder();
    decoder.decode(started);
    const state = decoder.state;
    decoder.decode(turn);

    expect(state).toEqual({ lineNumber: 1, threadId: 't-1', turnId: undefined, syntheticTurns: 0 });
  });
});

describe('decodeStep', () => {
  it('changes neither the state nor an earlier result', () => {
    const state: DecoderState = Object.freeze({ lineNumber: 4, threadId: 't-1', turnId: undefined, syntheticTurns: 2 });
    const [next, result] = decodeStep(state, turn);

    expect(decodeStep(state, turn)).toEqual([next, result]);
    expect(next).toEqual({ lineNumber: 5, threadId: 't-1', turnId: 'synthetic-turn-3', syntheticTurns: 3 });
    expect(state.lineNumber).toBe(4);
  });

  it('returns the same as a decoder for the same lines', () => {
    const lines: RawLine[] = [
      started,
      '',
      turn,
      'oops',
      message,
      { text: 'x', line_number: 6, problem: 'invalid_utf8' },
    ];
    const decoder = createDecoder();
    let state = decoder.state;
    for (const line of lines) {
      const [next, result] = decodeStep(state, line);
      expect(result).toEqual(decoder.decode(line));
      expect(next).toEqual(decoder.state);
      state = next;
    }
  });
});

describe('a line that is not an event', () => {
  it.each([
    ['prose', 'Reading prompt from stdin...', 'not JSON'],
    ['a cut-off object', '{"type":"turn.started"', 'not JSON'],
    ['a list', '[]', 'expected a JSON object'],
    ['a number', '42', 'expected a JSON object'],
    ['null', 'null', 'expected a JSON object'],
    ['an object without a type', '{}', 'type: expected text'],
    ['an object with a type that is no text', '{"type":7}', 'type: expected text'],
  ])('is malformed: %s', (_name, line, error) => {
    expect(decodeAll([started, line])).toMatchObject([
      {},
      { type: 'malformed', thread_id: 't-1', line, line_number: 2, error: expect.stringContaining(error) as string },
    ]);
  });

  it('keeps the parsed value if it is JSON', () => {
    expect(decodeAll(['[1,2]'])).toMatchObject([{ raw: [1, 2] }]);
    expect(decodeAll(['oops'])[0]).not.toHaveProperty('raw');
  });

  it('reports the location in a wrong body, and keeps its type and value', () => {
    const value = {
      type: 'item.completed',
      item: { id: 'i', type: 'file_change', changes: [{ path: 1 }], status: 'x' },
    };

    expect(decodeValue(value)).toEqual({
      type: 'malformed',
      line: JSON.stringify(value),
      line_number: 1,
      error: 'item.changes.0.path: expected string, found a number',
      event_type: 'item.completed',
      raw: value,
    });
  });

  it('does not add the ids of its context to the kept value', () => {
    const [, event] = decodeValues({ type: 'thread.started', thread_id: 't-1' }, { type: 'item.started', item: 5 });

    expect(event).toMatchObject({ type: 'malformed', thread_id: 't-1', raw: { type: 'item.started', item: 5 } });
    expect((event as { raw: object }).raw).not.toHaveProperty('thread_id');
  });

  it('is cut to 64 KiB, never inside a character', () => {
    const [event] = decodeAll([`${'x'.repeat(65_535)}😀${'x'.repeat(100)}`]);

    expect(event).toMatchObject({ line: 'x'.repeat(65_535) });
  });

  it.each(['turn.completed', 'turn.failed'])('keeps the type %s, and ends the turn', (type) => {
    const events = decodeValues(
      { type: 'thread.started', thread_id: 't-1' },
      { type: 'turn.started' },
      { type, usage: 7, error: 7 },
      { type: 'item.completed', item: { id: 'i', type: 'reasoning', text: '' } },
    );

    expect(events[2]).toMatchObject({ type: 'malformed', event_type: type, turn_id: 'synthetic-turn-1' });
    expect(events[3]).not.toHaveProperty('turn_id');
  });
});

describe('a damaged line', () => {
  it('is malformed, with its own number, and its type if that can be read', () => {
    const text = '{"type":"item.completed","item":{"id":"item_0","text":"xxx';

    expect(decodeAll([{ text, line_number: 9, problem: 'oversize' }])).toEqual([
      {
        type: 'malformed',
        line: text,
        line_number: 9,
        error: 'the line is longer than maxLineBytes; raise it to read such lines',
        event_type: 'item.completed',
      },
    ]);
  });

  it('ends the turn if it was its end', () => {
    const events = decodeAll([
      started,
      turn,
      { text: '{"type":"turn.completed","x":"\ufffd"}', line_number: 3, problem: 'invalid_utf8' },
      message,
    ]);

    expect(events[2]).toMatchObject({
      type: 'malformed',
      event_type: 'turn.completed',
      turn_id: 'synthetic-turn-1',
      error: 'the line is not valid UTF-8',
      raw: { type: 'turn.completed', x: '\ufffd' },
    });
    expect(events[3]).not.toHaveProperty('turn_id');
  });

  it.each(['oversize', 'invalid_utf8'] as const)('is malformed also without a readable type (%s)', (problem) => {
    const [event] = decodeAll([{ text: 'oops', line_number: 1, problem }]);

    expect(event).toMatchObject({ type: 'malformed', line: 'oops' });
    expect(event).not.toHaveProperty('event_type');
  });
});

describe('an unknown type', () => {
  it('becomes an unknown event with the whole object', () => {
    const value = { type: 'thread.renamed', name: 'n', thread_id: 't-2' };
    const [, event] = decodeValues({ type: 'thread.started', thread_id: 't-1' }, value);

    expect(event).toEqual({ type: 'unknown', thread_id: 't-2', event_type: 'thread.renamed', raw: value });
  });

  it('includes an event of the type unknown', () => {
    expect(decodeValue({ type: 'unknown' })).toEqual({
      type: 'unknown',
      event_type: 'unknown',
      raw: { type: 'unknown' },
    });
  });

  it('becomes an unknown item with the whole item', () => {
    const item = { id: 'item_3', type: 'hologram', depth: 3 };

    expect(decodeValue({ type: 'item.completed', item })).toEqual({
      type: 'item.completed',
      item: { type: 'unknown', item_type: 'hologram', id: 'item_3', raw: item },
    });
  });

  it('is compared exactly, with case and blanks', () => {
    expect(decodeValues({ type: 'Turn.Started' }, { type: ' turn.started' })).toMatchObject([
      { type: 'unknown', event_type: 'Turn.Started' },
      { type: 'unknown', event_type: ' turn.started' },
    ]);
  });

  it('keeps new fields of known events and items', () => {
    const item = { id: 'i', type: 'agent_message', text: 'hi', mood: { level: 3 } };

    expect(decodeValue({ type: 'item.completed', item, seq: 5 })).toEqual({ type: 'item.completed', item, seq: 5 });
  });

  it('may be a new value of an enumeration', () => {
    const item = { id: 'i', type: 'command_execution', command: 'ls', aggregated_output: '', status: 'paused' };

    expect(decodeValue({ type: 'item.started', item })).toEqual({ type: 'item.started', item });
  });
});

describe('with strict: true', () => {
  it('an unknown event is a DecodeError with line, path and excerpt', () => {
    const line = `{"type":"thread.renamed","name":"${'n'.repeat(500)}"}`;
    const [, error] = decodeAll([started, line], { strict: true });

    expect(isCodexError(error, 'DECODE_FAILED')).toBe(true);
    expect(error).toMatchObject({
      line: 2,
      path: 'type',
      problem: 'unknown event type "thread.renamed"',
      excerpt: line.slice(0, 200),
    });
  });

  it('an unknown item is a DecodeError', () => {
    expect(strictError({ type: 'item.started', item: { id: 'i', type: 'hologram' } })).toMatchObject({
      path: 'item.type',
      problem: 'unknown item type "hologram"',
    });
  });

  it('a wrong body is a DecodeError with the path in the value', () => {
    const usage = { input_tokens: 1, cached_input_tokens: 1, output_tokens: '1' };

    expect(strictError({ type: 'turn.completed', usage })).toMatchObject({
      path: 'usage.output_tokens',
      problem: 'expected integer, found a string',
    });
  });

  it('text that is not JSON is a DecodeError whose message does not repeat the text', () => {
    const [error] = decodeAll(['token sk-secret'], { strict: true });

    expect(error).toMatchObject({ line: 1, path: '', excerpt: 'token sk-secret' });
    expect((error as Error).message).not.toContain('sk-secret');
  });

  it('a damaged line is a DecodeError', () => {
    expect(decodeAll([{ text: 'x', line_number: 5, problem: 'oversize' }], { strict: true })).toMatchObject([
      { code: 'DECODE_FAILED', line: 5 },
    ]);
  });

  it('continues after an error, with the context of the wrong line', () => {
    const results = decodeAll([started, turn, '{"type":"turn.failed"}', message], { strict: true });

    expect(results[2]).toMatchObject({ code: 'DECODE_FAILED', line: 3 });
    expect(results[3]).toEqual({
      type: 'item.completed',
      thread_id: 't-1',
      item: { id: 'item_0', type: 'agent_message', text: 'hi' },
    });
  });

  it('changes nothing for valid lines', () => {
    expect(decodeAll([started, turn, message], { strict: true })).toEqual(decodeAll([started, turn, message]));
  });
});
