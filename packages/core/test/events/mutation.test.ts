import { type ThreadEvent, threadEventCodec } from '@codex-rx/core/events';
import { sampleEvents } from './samples.js';
import { decodeValue, strictError } from './support.js';

type Path = readonly (string | number)[];

/** Where any JSON may stand: the contents are not ours. */
const anything: readonly RegExp[] = [
  /^raw(\.|$)/,
  /^item\.(raw|arguments)(\.|$)/,
  /^item\.result\.(content\.\d+|structured_content|_meta)(\.|$)/,
];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (path.length > 0 && anything.some((pattern) => pattern.test(path.join('.')))) return [];
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]))
      : [];
  return path.length === 0 ? below : [path, ...below];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function withValue(value: unknown, path: Path, replacement: unknown): unknown {
  const copy = structuredClone(value);
  const key = path.at(-1) ?? '';
  (at(copy, path.slice(0, -1)) as Record<string | number, unknown>)[key] = replacement;
  return copy;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}

const replacements: readonly unknown[] = ['text', 7, true, { a: 1 }, [1]];

/** What is written as the CLI writes it: no ids that are inherited, and of the fields of an item only those that it must have. */
function asOnTheWire(event: ThreadEvent): ThreadEvent {
  const optional = ['phase', 'cwd', 'duration_ms', '_meta', 'search_id', 'diff', 'move_path', 'code', 'category'];
  const drop = (key: string, value: unknown) => (optional.includes(key) ? undefined : value);
  const copy = JSON.parse(JSON.stringify(event, drop)) as Record<string, unknown>;
  delete copy.turn_id;
  if (copy.type !== 'thread.started') delete copy.thread_id;
  return copy as unknown as ThreadEvent;
}

const flips = [...sampleEvents, ...sampleEvents.map(asOnTheWire)].flatMap((event) =>
  pathsOf(event).flatMap((path) => {
    const value = at(event, path);
    return (
      replacements
        .filter((replacement) => kindOf(replacement) !== kindOf(value))
        // A code may be text or null.
        .filter((replacement) => value !== null || typeof replacement !== 'string')
        .map((replacement) => {
          const kind = 'item' in event ? `${event.type}/${event.item.type}` : event.type;
          return {
            name: `${kind} ${path.join('.')}: ${kindOf(value)} to ${kindOf(replacement)}`,
            event,
            path,
            replacement,
          };
        })
    );
  }),
);

/** Ids that are no text count as missing, as they always did; only a strict decoder minds. */
const isInheritedId = ({ event, path }: { event: ThreadEvent; path: Path }) =>
  path.length === 1 && (path[0] === 'turn_id' || (path[0] === 'thread_id' && event.type !== 'thread.started'));

describe('the type of each field of each kind', () => {
  it('is right in the samples', () => {
    for (const event of sampleEvents) {
      expect(threadEventCodec.is(event)).toBe(true);
      expect(decodeValue(event)).toEqual(event);
      expect(decodeValue(asOnTheWire(event))).toMatchObject(asOnTheWire(event));
    }
  });

  it('is missed by no codec when it is flipped', () => {
    const missed = flips.filter(({ event, path, replacement }) => {
      const flipped = withValue(event, path, replacement);
      return threadEventCodec.is(flipped) || threadEventCodec.decode(flipped)._tag === 'Right';
    });

    expect(flips.length).toBeGreaterThan(2000);
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('is missed by no strict decoder when it is flipped', () => {
    const missed = flips.filter(
      ({ event, path, replacement }) => strictError(withValue(event, path, replacement)) === undefined,
    );

    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('makes the event malformed when it is flipped, or the wrong id is not taken over', () => {
    const missed = flips.filter(({ event, path, replacement }) => {
      const decoded = decodeValue(withValue(event, path, replacement));
      // An unknown item with a part of it wrong is one that is not ours, kept as it came.
      if ('item' in event && event.item.type === 'unknown' && path[0] === 'item' && path.length > 1) return false;
      if (isInheritedId({ event, path })) return decoded?.type !== event.type || at(decoded, path) === replacement;
      return decoded?.type !== 'malformed' && decoded?.type !== 'unknown';
    });

    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('is reported with the path of the flipped field', () => {
    const wrong = flips
      .filter(({ event }) => event.type !== 'unknown' && event.type !== 'malformed')
      .filter(({ event }) => !('item' in event) || event.item.type !== 'unknown')
      .filter(({ event, path, replacement }) => {
        const error = strictError(withValue(event, path, replacement));
        return error?.path !== path.join('.');
      });

    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
