import type { ThreadEvent } from '../../src/events/events.js';
import { RunProgress } from '../../src/run/run-progress.js';
import { THREAD } from '../exec/support/lines.js';

describe('RunProgress', () => {
  const see = (...events: ThreadEvent[]): RunProgress => {
    const record = new RunProgress({ prompt: 'x' });
    for (const event of events) record.update(event);
    return record;
  };

  it('has the turn over by the type of an event alone', () => {
    const drifted = (event_type: string): ThreadEvent => ({
      type: 'malformed',
      event_type,
      line: '',
      line_number: 1,
      error: '',
    });
    expect(see(drifted('turn.completed')).terminal).toEqual({ type: 'completed' });
    expect(see(drifted('turn.failed')).terminal).toMatchObject({ type: 'failed' });
    expect(see(drifted('item.completed')).terminal).toBeUndefined();
    expect(see({ type: 'error', message: 'x' }).isTurnOver()).toBe(false);
  });

  it.each([
    [{ error: { message: 'inner' } }, 'inner'],
    [{ error: 'text' }, 'text'],
    [{ message: 'outer' }, 'outer'],
    [{}, 'The turn failed without an error message.'],
    [undefined, 'The turn failed without an error message.'],
  ])('reads the message of a drifted turn.failed: %j', (raw, message) => {
    const event: ThreadEvent = {
      type: 'malformed',
      event_type: 'turn.failed',
      line: '',
      line_number: 1,
      error: '',
      raw,
    };
    expect(see(event).terminal).toEqual({ type: 'failed', message });
  });

  it('has a fork without a prompt over when its thread has started', () => {
    const record = new RunProgress({ command: 'fork', session: THREAD });
    expect(record.isTurnOver()).toBe(false);
    record.update({ type: 'thread.started', thread_id: THREAD });
    expect(record.isTurnOver()).toBe(true);
  });
});
