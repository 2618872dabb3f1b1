import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { readEvents$ } from '../../src/reading/read-events.js';

/** The lines of a run, and helpers for tests that read them. */
export const LINES: readonly [string, string, string, string] = [
  '{"type":"thread.started","thread_id":"t-1"}',
  '{"type":"turn.started"}',
  '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"grüß 😀"}}',
  '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":2}}',
];
export const LOG = `${LINES.join('\n')}\n`;
export const TYPES = ['thread.started', 'turn.started', 'item.completed', 'turn.completed'];
export const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
export const types = async (...args: Parameters<typeof readEvents$>) =>
  (await all(readEvents$(...args))).map(({ type }) => type);
export const failure = async (source$: Observable<unknown>): Promise<unknown> => {
  try {
    await all(source$);
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
};
export const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition did not come true');
    await tick();
  }
}
export async function* iterate<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}
