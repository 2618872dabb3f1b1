import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { readRecords$ } from '../../src/reading/read-records.js';

const LINES: readonly [string, string, string, string] = [
  '{"type":"thread.started","thread_id":"t-1"}',
  '{"type":"turn.started"}',
  '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"grüß 😀"}}',
  '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":2}}',
];
const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
async function* iterate<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}

describe('readRecords$', () => {
  it('emits physical line numbers, which count blank lines', async () => {
    const log = `\n${LINES[0]}\n\n \r\n{"type":"new.thing"}\nbroken\n\n${LINES[1]}`;
    const records = await all(readRecords$(iterate([log])));
    expect(records.map(({ line_number, event }) => [line_number, event.type])).toEqual([
      [2, 'thread.started'],
      [5, 'unknown'],
      [6, 'malformed'],
      [8, 'turn.started'],
    ]);
    expect(records[2]?.event).toMatchObject({ line_number: 6 });
  });

  it('counts lines that are too long or not UTF-8', async () => {
    const log = `${'x'.repeat(200)}\n${LINES[1]}\n`;
    const records = await all(readRecords$(iterate([log]), { maxLineBytes: 100 }));
    expect(records.map(({ line_number }) => line_number)).toEqual([1, 2]);
  });
});
