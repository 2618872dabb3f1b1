import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ThreadEvent } from '../../src/events/events.js';
import type { ThreadItem } from '../../src/events/items.js';
import { readRollout$ } from '../../src/rollouts/read-rollout.js';
import type { RolloutRecord } from '../../src/rollouts/records.js';
import { all, comparable, mapped, streamed } from './support.js';

const folder = join(__dirname, 'files');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.jsonl') && !file.endsWith('.stdout.jsonl'))
  .map((file) => file.slice(0, -'.jsonl'.length).replaceAll('\\', '/'))
  .sort();

/** Payloads about the session, the model and its requests, or that repeat another record. */
const CONTEXT = new Set([
  ...['session_meta', 'turn_context', 'world_state', 'token_usage_record', 'compacted'],
  ...['response_item/message', 'response_item/reasoning', 'response_item/ghost_snapshot'],
  ...['response_item/additional_tools', 'response_item/agent_message'],
  ...['event_msg/task_started', 'event_msg/task_complete', 'event_msg/token_count', 'event_msg/web_search_end'],
  ...['event_msg/thread_settings_applied', 'event_msg/context_compacted'],
  'inter_agent_communication_metadata',
]);
/** Items that no run shows: their content is in other items. */
const NOT_SHOWN = new Set(['SubAgentActivity']);

interface Payload {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/** Returns a text of the events that contain the record; `undefined` for a record that no event has to contain. */
function trace(record: RolloutRecord, hasItems: boolean): string | undefined {
  const payload = ('payload' in record ? record.payload : {}) as Payload;
  if (CONTEXT.has(payload.type === undefined ? record.type : `${record.type}/${payload.type}`)) return undefined;
  if (payload.type === 'unknown') return JSON.stringify(payload.raw);
  if (payload.type === 'item_completed') {
    const item = payload.item as { readonly type: string; readonly id: string; readonly summary_text?: unknown[] };
    return NOT_SHOWN.has(item.type) || item.summary_text?.length === 0 ? undefined : JSON.stringify(item.id);
  }
  // Finished items are records of their own, and a plan has the id of its first call.
  if (typeof payload.call_id === 'string')
    return hasItems || payload.name === 'update_plan' || payload.output === 'Plan updated'
      ? undefined
      : JSON.stringify(payload.call_id);
  const text = payload.message ?? payload.text ?? (payload.action as { query?: string } | undefined)?.query;
  return JSON.stringify(text ?? payload.result);
}

describe('the records of a recorded session', () => {
  it('are of the tested versions', () => {
    const versions = new Set(names.map((name) => name.split('/')[0]));
    expect([...versions]).toEqual(expect.arrayContaining(['0.125.0', '0.130.0', '0.144.6', '0.147.0', '0.150.1']));
  });

  it.each(names)('are all in the events: %s', async (name) => {
    const records = await all(readRollout$(join(folder, `${name}.jsonl`)));
    const events = (await mapped(name)).map((event) => JSON.stringify(event));
    const hasItems = Number(name.split('.')[1]) >= 150;

    expect(records.filter((record) => record.type === 'malformed' || record.type === 'unknown')).toEqual([]);
    const missing = records.filter((record) => {
      const text = trace(record, hasItems);
      return text !== undefined && !events.some((event) => event.includes(text));
    });
    expect(missing).toEqual([]);
  });
});

describe('the items of a session of CLI 0.130 to 0.147', () => {
  const versions = ['0.130.0', '0.144.6', '0.147.0'];
  /** The file has no notices, sub-agents as unknown items, and commands without the shell. */
  const shared = (events: readonly ThreadEvent[]): object[] =>
    (comparable(events) as ThreadEvent[]).flatMap((event) => {
      if (event.type !== 'item.completed' || ['error', 'collab_tool_call', 'unknown'].includes(event.item.type))
        return [];
      const { command, ...rest } = event.item as ThreadItem & { readonly command?: string };
      return [command === undefined ? rest : { ...rest, isCommand: true }];
    });

  it.each(
    versions.flatMap((version) => [`${version}/everything`, `${version}/failed-turn`, `${version}/resumed-thread`]),
  )('are those of the run: %s', async (name) => {
    const items = shared(await mapped(name));

    expect(items).toEqual(shared(await streamed(name)));
    expect(items.length).toBeGreaterThan(1);
  });

  it.each(versions)('are in unknown items if a run does not show them: %s', async (version) => {
    const events = await mapped(`${version}/odd-calls`);
    const tools = events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'unknown' ? [event.item.raw as Payload] : [],
    );

    expect(tools.map(({ call, type }) => (call as Payload | undefined)?.name ?? type)).toEqual([
      'view_image',
      'apply_patch',
      'no_such_tool',
      'write_stdin',
      'image_generation_call',
    ]);
  });

  it.each(versions)('contain the whole output of a background command: %s', async (version) => {
    const events = await mapped(`${version}/odd-calls`);
    const outputs = events.flatMap((event) =>
      'item' in event && event.item.type === 'command_execution' && event.item.command.startsWith('echo begin')
        ? [`${event.type} ${String(event.item.exit_code)} ${event.item.aggregated_output}`]
        : [],
    );

    expect(outputs).toEqual(['item.started null ', 'item.updated null begin\n', 'item.completed 0 begin\nend\n']);
  });
});

describe('a fork of a session of CLI 0.130 to 0.147', () => {
  it.each(['0.130.0', '0.144.6', '0.147.0'])('contains its origin as inherited events: %s', async (version) => {
    const [first, ...events] = await mapped(`${version}/forked.2`);
    const turns = events.filter((event) => event.type === 'turn.started' || event.type === 'turn.completed');
    const origin = await mapped(`${version}/forked`);

    expect(first).toMatchObject({ type: 'thread.started', forked_from: origin[0]?.thread_id });
    expect(turns.map((event) => ('inherited' in event ? `inherited ${event.type}` : event.type))).toEqual([
      ...['inherited turn.started', 'inherited turn.completed', 'inherited turn.started', 'inherited turn.completed'],
      ...['turn.started', 'turn.completed'],
    ]);
    expect(events.filter((event) => 'inherited' in event)).toHaveLength(origin.length - 1);
  });
});
