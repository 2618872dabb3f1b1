import { threadEventCodec } from '@codex-rx/core/codecs';
import { type Mapped, mapNotification } from '../../../src/app-server/mapping/map-notification.js';
import { mapRequest } from '../../../src/app-server/mapping/map-request.js';
import { initialMappingState, type MappingState } from '../../../src/app-server/mapping/mapping-state.js';
import { type TranscriptLine, transcript, transcripts } from '../transcript.js';

type Path = readonly string[];
type Message = TranscriptLine['msg'];

/** Values of every JSON type, among them numbers that JSON has and codecs of events do not. */
const DAMAGES: readonly unknown[] = [
  undefined,
  null,
  true,
  0.5,
  Number.POSITIVE_INFINITY,
  'x',
  '',
  [],
  [null],
  {},
  { type: 1 },
];

function map(state: MappingState, { id, method = '', params }: Message): Mapped {
  return id === undefined ? mapNotification(state, { method, params }) : mapRequest(state, { id, method, params });
}

/** The paths of a value and of all of its parts; of an array, those of its first element. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  return [path, ...entries.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

/** Copies a value with another one at a path. */
function damaged(value: unknown, [key, ...rest]: Path, damage: unknown): unknown {
  if (key === undefined) return damage;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = damaged(copy[key], rest, damage);
  return copy;
}

interface Damage {
  readonly state: MappingState;
  readonly message: Message;
  readonly path: Path;
  /** The messages that follow. */
  readonly rest: readonly Message[];
}

/** Each field of each kind of message, once. */
function* recordedFields(): Generator<Damage> {
  const seen = new Set<string>();
  for (const [version, name] of transcripts) {
    const messages = transcript(version, name)
      .filter(({ dir, msg }) => dir === '<' && msg.method !== undefined)
      .map(({ msg }) => msg);
    let state = initialMappingState;
    for (const [index, message] of messages.entries()) {
      const { item } = (message.params ?? {}) as { readonly item?: { readonly type?: string } };
      for (const path of pathsOf(message.params)) {
        const key = [message.method, item?.type, ...path].join(' ');
        if (seen.has(key)) continue;
        seen.add(key);
        yield { state, message, path, rest: messages.slice(index + 1, index + 10) };
      }
      [state] = map(state, message);
    }
  }
}

describe('a message with a damaged field', () => {
  it('gives events that their codec accepts, and so do the messages after it', () => {
    const invalid: unknown[] = [];
    let count = 0;
    for (const { state, message, path, rest } of recordedFields())
      for (const damage of DAMAGES) {
        count += 1;
        let current = state;
        for (const next of [{ ...message, params: damaged(message.params, path, damage) as object }, ...rest]) {
          const [after, events] = map(current, next as Message);
          current = after;
          for (const event of events)
            if (!threadEventCodec.is(event)) invalid.push([message.method, path.join('.'), damage, event]);
        }
      }
    expect(count).toBeGreaterThan(1_000);
    expect(invalid).toEqual([]);
  });

  it.each([
    [{ exitCode: 0.5 }],
    [{ durationMs: Number.POSITIVE_INFINITY }],
    [{ aggregatedOutput: 7 }],
    [{ cwd: null }],
    [{ status: 7 }],
  ])('is an unknown item with a reason: a command with %j', (fields) => {
    const item = { type: 'commandExecution', id: 'c', command: 'ls', status: 'completed', ...fields };
    const params = { threadId: 't', turnId: 'u', item };
    const [, events, problem] = mapNotification(initialMappingState, { method: 'item/completed', params });
    expect(events).toMatchObject([{ type: 'item.completed', item: { type: 'unknown', raw: item } }]);
    expect(problem).toBe('an item of type commandExecution has an unexpected shape');
  });

  it.each([[{ query: 7 }], [{ queries: [7] }], [{ queries: 'x' }], [{ url: {} }], [{ pattern: true }]])(
    'is an unknown item with a reason: a search with %j',
    (fields) => {
      const item = { type: 'webSearch', id: 'c', query: 'q', action: { type: 'search', ...fields } };
      const params = { threadId: 't', turnId: 'u', item };
      const [, events, problem] = mapNotification(initialMappingState, { method: 'item/completed', params });
      expect(events).toMatchObject([{ type: 'item.completed', item: { type: 'unknown', raw: item } }]);
      expect(problem).toBe('an item of type webSearch has an unexpected shape');
    },
  );
});
