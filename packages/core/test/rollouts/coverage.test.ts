import { from, lastValueFrom, toArray } from 'rxjs';
import { decodeRecord } from '../../src/rollouts/decode-record.js';
import { rolloutToEvents } from '../../src/rollouts/rollout-to-events.js';

const mapped = (version: string, ...records: object[]) => {
  const meta = { type: 'session_meta', payload: { id: 't', cwd: '/p', cli_version: version } };
  const decoded = [meta, { type: 'event_msg', payload: { type: 'task_started', turn_id: 'u' } }, ...records].map(
    (record, index) => decodeRecord(JSON.stringify(record), index + 1),
  );
  const events$ = from(decoded.filter((record) => record !== undefined)).pipe(rolloutToEvents(), toArray());
  return lastValueFrom(events$);
};
const message = (payload: object) => ({ type: 'event_msg', payload });
const response = (payload: object) => ({ type: 'response_item', payload });

describe('rolloutToEvents, of records that it cannot translate', () => {
  it('emits the program of a code-mode model, with its output', async () => {
    const call = {
      type: 'custom_tool_call',
      name: 'exec',
      call_id: 'c',
      input: 'await tools.exec_command({cmd:"ls"})',
    };
    const output = [{ type: 'input_text', text: 'a.txt' }];
    const answer = { type: 'custom_tool_call_output', call_id: 'c', output };

    expect(
      await mapped('0.144.6', message({ type: 'user_message', message: 'x' }), response(call), response(answer)),
    ).toContainEqual(
      expect.objectContaining({
        type: 'item.completed',
        item: { type: 'unknown', item_type: 'custom_tool_call', id: 'c', raw: { call, output } },
      }),
    );
  });

  it('emits a patch that a program applied', async () => {
    const changes = { '/p/b.txt': { type: 'update', unified_diff: '@@' }, '/p/a.txt': { type: 'add', content: 'x' } };
    const end = message({ type: 'patch_apply_end', call_id: 'exec-1', success: true, changes });

    expect(await mapped('0.144.6', message({ type: 'user_message', message: 'x' }), end)).toContainEqual(
      expect.objectContaining({
        item: {
          id: 'exec-1',
          type: 'file_change',
          status: 'completed',
          changes: [
            { path: '/p/a.txt', kind: 'add', diff: 'x' },
            { path: '/p/b.txt', kind: 'update', diff: '@@' },
          ],
        },
      }),
    );
  });

  it('emits a patch once if the model called the tool itself', async () => {
    const input = '*** Begin Patch\n*** Add File: a.txt\n+x\n*** End Patch';
    const events = await mapped(
      '0.144.6',
      message({ type: 'user_message', message: 'x' }),
      response({ type: 'custom_tool_call', name: 'apply_patch', call_id: 'c', input }),
      message({
        type: 'patch_apply_end',
        call_id: 'c',
        success: true,
        changes: { '/p/a.txt': { type: 'add', content: 'x' } },
      }),
      response({ type: 'custom_tool_call_output', call_id: 'c', output: 'Success.' }),
    );

    expect(events.filter((event) => 'item' in event && event.item.type === 'file_change')).toHaveLength(1);
  });

  it('emits a generated image', async () => {
    const image = { type: 'image_generation_call', id: 'ig', result: 'aGk=' };

    expect(await mapped('0.144.6', message({ type: 'user_message', message: 'x' }), response(image))).toContainEqual(
      expect.objectContaining({
        item: expect.objectContaining({ item_type: 'image_generation_call', raw: image }) as unknown,
      }),
    );
  });

  it.each([
    ['a message', message({ type: 'brand_new', a: 1 }), 'brand_new', { type: 'brand_new', a: 1 }],
    ['a response', response({ type: 'brand_new', a: 1 }), 'brand_new', { type: 'brand_new', a: 1 }],
    ['a record', { type: 'brand_new', payload: { a: 1 } }, 'brand_new', { a: 1 }],
  ])('emits %s of an unknown type as an unknown event', async (_name, record, eventType, raw) => {
    const unknown = { type: 'unknown', thread_id: 't', turn_id: 'u', event_type: eventType, raw };

    expect(await mapped('0.171.0', record)).toContainEqual(unknown);
  });

  it.each(['__proto__', 'constructor', '__defineGetter__', 'toString'])(
    'accepts an item of the type %s',
    async (type) => {
      const item = { type, id: 'i' };

      expect(await mapped('0.171.0', message({ type: 'item_completed', turn_id: 'u', item }))).toContainEqual(
        expect.objectContaining({ item: { type: 'unknown', item_type: type, id: 'i', raw: item } }),
      );
    },
  );
});
