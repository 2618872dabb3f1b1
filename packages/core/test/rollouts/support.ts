import { join } from 'node:path';
import { from, lastValueFrom, type Observable, toArray } from 'rxjs';
import type { ThreadEvent } from '../../src/events/events.js';
import type { ThreadItem } from '../../src/events/items.js';
import { readEvents$ } from '../../src/reading/read-events.js';
import { decodeRecord } from '../../src/rollouts/decode-record.js';
import { readRollout$ } from '../../src/rollouts/read-rollout.js';
import type { RolloutRecord } from '../../src/rollouts/records.js';
import { rolloutToEvents } from '../../src/rollouts/rollout-to-events.js';

export const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

const files = join(__dirname, 'files');
export const records = (name: string): Promise<RolloutRecord[]> =>
  all(readRollout$(join(files, `${name}.jsonl`), { strict: true }));
export const mapped = (name: string): Promise<ThreadEvent[]> =>
  all(readRollout$(join(files, `${name}.jsonl`)).pipe(rolloutToEvents()));
export const streamed = (name: string): Promise<ThreadEvent[]> =>
  all(readEvents$(join(files, `${name}.stdout.jsonl`), { strict: true }));

/** Maps records in the form of a file. */
export function map(...lines: readonly object[]): Promise<ThreadEvent[]> {
  const decoded = lines.map((line, index) => decodeRecord(JSON.stringify(line), index + 1));
  return all(from(decoded.filter((record) => record !== undefined)).pipe(rolloutToEvents()));
}

/** The time of a record, in ms after the first. */
const at = (ms: number) => ({ timestamp: new Date(1_800_000_000_000 + ms).toISOString() });
export const meta = (more: object = {}) => ({
  ...at(0),
  type: 'session_meta',
  payload: { id: 't-1', cwd: '/w', cli_version: '0.169.0', ...more },
});
export const happened = (ms: number, payload: object) => ({ ...at(ms), type: 'event_msg', payload });
export const response = (ms: number, payload: object) => ({ ...at(ms), type: 'response_item', payload });
export const started = (ms: number, turn_id = 'turn-1') => happened(ms, { type: 'task_started', turn_id });
export const complete = (ms: number, turn_id = 'turn-1', more: object = {}) =>
  happened(ms, { type: 'task_complete', turn_id, ...more });
export const call = (ms: number, call_id: string, name = 'exec_command', args: object = {}) =>
  response(ms, { type: 'function_call', name, call_id, arguments: JSON.stringify(args) });
export const answer = (ms: number, call_id: string, output: unknown = 'ok') =>
  response(ms, { type: 'function_call_output', call_id, output });
/** An item that ran from one time to another. */
export const item = (from: number, to: number, fields: object, turn_id = 'turn-1') =>
  happened(to, {
    type: 'item_completed',
    turn_id,
    item: fields,
    started_at_ms: 1_800_000_000_000 + from,
    completed_at_ms: 1_800_000_000_000 + to,
  });
export const command = (id: string, more: object = {}) => ({
  type: 'CommandExecution',
  id,
  command: ['/bin/bash', '-lc', id],
  status: 'completed',
  aggregated_output: '',
  exit_code: 0,
  ...more,
});
export const message = (id: string) => ({ type: 'AgentMessage', id, content: [{ type: 'Text', text: id }] });

/** Returns `item.started a`, `turn.completed`, …: the type of each event and the id of its item. */
export function brief(events: readonly ThreadEvent[]): string[] {
  return events.map((event) => ('item' in event ? `${event.type} ${idOf(event.item)}` : event.type));
}

function idOf(of: ThreadItem): string {
  return of.id ?? of.type;
}

const ONLY_IN_FILES = new Set(['user_message', 'context_compaction']);

/** Returns the parts that a file and a stream share: all but ids and the fields that only files contain. */
export function comparable(events: readonly ThreadEvent[]): unknown[] {
  return events
    .filter((event) => !('item' in event && ONLY_IN_FILES.has(event.item.type)))
    .map((event) => without(event, 'turn_id'))
    .map((event) => ('item' in event ? { ...event, item: withoutExtras(event.item as ThreadItem) } : event));
}

function withoutExtras(of: ThreadItem): object {
  const rest = without(of, 'id', 'cwd', 'duration_ms', 'search_id');
  if (of.type !== 'file_change') return rest;
  return { ...rest, changes: of.changes.map(({ path, kind }) => ({ path, kind })) };
}

function without(fields: object, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
