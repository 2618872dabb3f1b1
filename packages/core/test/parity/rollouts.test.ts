import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findRolloutById$, findRollouts$, readRollout$ } from '@codex-rx/core/rollouts';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { temporaryFolder } from '../reading/temporary.js';

/** The crate's checklist of session files, by its ids. docs/parity.md explains the differences. */
const place = temporaryFolder();
const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
const text = (...records: unknown[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const meta = (id: string) => ({ type: 'session_meta', payload: { id } });
const response = (payload: object) => ({ type: 'response_item', payload });

describe('session files of the crate', () => {
  it('reads a blank line and records of every kind, unknown ones included', async () => {
    const path = place.write(
      'r-01.jsonl',
      `\n${text(
        meta('the id'),
        { type: 'event_msg', payload: { type: 'agent_message', message: 'Hello.' } },
        response({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] }),
        response({ type: 'function_call', name: 'f', arguments: '{}', call_id: 'c' }),
        response({ type: 'function_call_output', call_id: 'c', output: 'out' }),
        { type: 'brand_new', payload: { a: 1 } },
      )}`,
    );
    const records = await all(readRollout$(path));
    expect(records.map(({ type, line_number }) => [type, line_number])).toEqual([
      ['session_meta', 2],
      ['event_msg', 3],
      ['response_item', 4],
      ['response_item', 5],
      ['response_item', 6],
      ['unknown', 7],
    ]);
    expect(records).toMatchObject([
      { payload: { id: 'the id' } },
      { payload: { type: 'agent_message' } },
      { payload: { type: 'message' } },
      { payload: { type: 'function_call' } },
      { payload: { type: 'function_call_output' } },
      { record_type: 'brand_new' },
    ]);
  });

  it('ignores a trailing carriage return', async () => {
    const path = place.write('r-02.jsonl', text(meta('x')).replace('\n', '\r\n'));
    expect(await all(readRollout$(path))).toMatchObject([{ type: 'session_meta', payload: { id: 'x' } }]);
  });

  it('finds a file by its content although its name has another id', async () => {
    const path = place.write('r-03/sessions/2026/01/02/rollout-2026-01-02T03-04-05-other.jsonl', text(meta('wanted')));
    expect(await all(findRolloutById$(join(place.path, 'r-03'), 'wanted'))).toEqual([path]);
  });

  it('prefers the name to the content, reads 32 lines only, and ignores folders', async () => {
    const folder = 'z-32/sessions/2026/01/02';
    const home = join(place.path, 'z-32');
    place.write(`${folder}/rollout-2026-01-02T03-04-06-x.jsonl`, text(meta('wanted')));
    const named = place.write(`${folder}/rollout-2026-01-02T03-04-05-wanted.jsonl`, '');
    place.write(
      `${folder}/rollout-2026-01-02T03-04-04-late.jsonl`,
      `${text({ type: 'x' }).repeat(32)}${text(meta('late one'))}`,
    );
    const skipped: unknown[] = [];
    const onSkipped = (problem: unknown) => skipped.push(problem);
    expect(await all(findRolloutById$(home, 'wanted', { onSkipped }))).toEqual([named]);
    expect(await all(findRolloutById$(home, 'late one', { onSkipped }))).toEqual([]);
    mkdirSync(join(place.path, folder, 'rollout-2026-01-02T03-04-07-folder.jsonl'));
    expect(await all(findRollouts$(home, { onSkipped }))).toHaveLength(3);
    expect(skipped).toEqual([]);
  });
});
