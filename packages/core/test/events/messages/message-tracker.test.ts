import { messageTracker, type ThreadEvent } from '@codex-rx/core/events';

const context = { thread_id: 't1', turn_id: 'u1' };
const delta = (text_delta: string): ThreadEvent => ({
  ...context,
  type: 'item.delta',
  item_id: 'm',
  item_type: 'agent_message',
  delta: { text_delta },
});
const message = (id: string, text: string, phase?: string): ThreadEvent => ({
  ...context,
  type: 'item.completed',
  item: { id, type: 'agent_message', text, ...(phase !== undefined && { phase }) },
});
const end: ThreadEvent = { ...context, type: 'turn.completed' };

describe('messageTracker', () => {
  it('returns the text that each event adds', () => {
    const track = messageTracker();
    expect(track(delta('He')).delta).toMatchObject({ itemId: 'm', text: 'He', replaces: false, completed: false });
    expect(track(delta('llo')).delta).toMatchObject({ text: 'llo' });
    expect(track(message('m', 'Hello!')).delta).toMatchObject({ text: '!', completed: true, threadId: 't1' });
  });

  it.each<[string, readonly ThreadEvent[], string]>([
    ['the last message', [message('a', 'one'), message('b', 'two')], 'two'],
    ['an answer before a comment', [message('a', 'one'), message('b', 'two', 'commentary')], 'one'],
    ['a complete message before an incomplete one', [message('a', 'one'), delta('two')], 'one'],
    ['an incomplete message', [delta('two')], 'two'],
    ["'' without a message", [], ''],
  ])('returns %s as the answer of a completed turn', (_, events, answer) => {
    const track = messageTracker();
    for (const event of events) expect(track(event).answer).toBeUndefined();
    expect(track(end).answer).toBe(answer);
  });

  it('returns no answer for a failed turn or a repeated end', () => {
    const failed = messageTracker();
    failed(message('a', 'one'));
    expect(failed({ ...context, type: 'turn.failed', error: { message: 'no' } }).answer).toBeUndefined();
    const repeated = messageTracker();
    repeated(message('a', 'one'));
    repeated(end);
    expect(repeated(end).answer).toBeUndefined();
  });
});
