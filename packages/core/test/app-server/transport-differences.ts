import type { ThreadEvent } from '../../src/events/events.js';
import { mapLines } from './mapping/map-lines.js';
import type { TranscriptLine } from './transcript.js';

/** Returns the events of a recorded session with a server, a JSON text a line. */
function eventsOf(recording: string): readonly ThreadEvent[] {
  const lines = recording.split('\n').filter((line) => line !== '');
  return mapLines(lines.map((line) => JSON.parse(line) as TranscriptLine)).events;
}

/** Fields that every event may have, or that say what it is. */
const COMMON: readonly string[] = ['id', 'type'];

/** The observations over a transport: types of events, items by event, fields by item, codes of failures. */
class Seen {
  readonly events = new Set<string>();
  /** By the type of the event. */
  readonly items = new Map<string, Set<string>>();
  /** By the type of the item. */
  readonly fields = new Map<string, Set<string>>();
  readonly ids = new Set<string>();
  readonly codes = new Set<string>();

  constructor(events: readonly ThreadEvent[]) {
    for (const event of events) this.#add(event);
  }

  #add(event: ThreadEvent): void {
    this.events.add(event.type);
    if (event.type === 'item.delta') add(this.items, event.type, event.item_type);
    if (event.type === 'turn.failed' && typeof event.error.code === 'string') this.codes.add(event.error.code);
    if (!('item' in event)) return;
    const { item } = event;
    add(this.items, event.type, item.type);
    add(this.items, 'any', item.type);
    if (item.id !== undefined) this.ids.add(idForm(item.id));
    const parts: readonly object[] =
      item.type === 'file_change' ? item.changes : item.type === 'todo_list' ? item.items : [];
    for (const part of [item, ...parts])
      for (const [name, value] of Object.entries(part))
        if (value !== undefined && !COMMON.includes(name)) add(this.fields, item.type, name);
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

function idForm(id: string): string {
  return /^item_\d+$/.test(id) ? 'item_0' : (/^[a-z]+_/.exec(id)?.[0] ?? 'UUID').replace(/_$/, '_…');
}

/** Returns the Markdown table of the differences between the events of runs and those of recorded sessions. */
export function differencesTable(overExec: readonly ThreadEvent[], recordings: readonly string[]): string {
  const [exec, server] = [new Seen(overExec), new Seen(recordings.flatMap(eventsOf))];
  const row = (name: string, one: Iterable<string>, other: Iterable<string>): string[] => {
    const cells = [one, other].map((values) =>
      [...values]
        .sort()
        .map((value) => `\`${value}\``)
        .join(', '),
    );
    return cells.every((cell) => cell === '') ? [] : [`| ${name} | ${cells.map((cell) => cell || '–').join(' | ')} |`];
  };
  /** Returns the observations of only one transport; nothing for what it cannot have because the recordings lack it. */
  const diff = (name: string, one: ReadonlySet<string>, other: ReadonlySet<string>): string[] =>
    row(name, minus(one, other), minus(other, one));
  const shared = [...exec.fields.keys()].filter((type) => server.fields.has(type)).sort();
  const of = (seen: Seen, type: string): ReadonlySet<string> => seen.items.get(type) ?? new Set();
  const known = new Set(shared);
  return [
    '| | `codex exec` | app-server |',
    '| --- | --- | --- |',
    ...row('ids of items', exec.ids, server.ids),
    ...row('further events', [], minus(server.events, exec.events)),
    ...row('`item.delta` of', [], of(server, 'item.delta')),
    ...['item.started', 'item.updated', 'item.completed'].flatMap((type) =>
      diff(`\`${type}\` of`, only(of(exec, type), known), only(of(server, type), known)),
    ),
    ...row('further items', [], minus(of(server, 'any'), of(exec, 'any'))),
    ...shared.flatMap((type) =>
      diff(`fields of \`${type}\``, exec.fields.get(type) ?? new Set(), server.fields.get(type) ?? new Set()),
    ),
    ...row('`code` of a failed turn', exec.codes, server.codes),
    '',
  ].join('\n');
}

const minus = (one: ReadonlySet<string>, other: ReadonlySet<string>): string[] =>
  [...one].filter((value) => !other.has(value));
const only = (one: ReadonlySet<string>, known: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...one].filter((value) => known.has(value)));
