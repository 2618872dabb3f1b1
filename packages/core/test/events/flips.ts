import type { ThreadEvent } from '@codex-rx/core/events';
import { sampleEvents } from './samples.js';

export type Path = readonly (string | number)[];

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

export function at(value: unknown, path: Path): unknown {
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

/** Returns the event in the form of the CLI: without inherited ids and optional fields of items. */
export function asOnTheWire(event: ThreadEvent): ThreadEvent {
  const optional = ['phase', 'cwd', 'duration_ms', '_meta', 'search_id', 'diff', 'move_path', 'code', 'category'];
  const isOptional = (key: string) => optional.includes(key) && event.type !== 'turn.diff';
  const drop = (key: string, value: unknown) => (isOptional(key) ? undefined : value);
  const copy = JSON.parse(JSON.stringify(event, drop)) as Record<string, unknown>;
  delete copy.turn_id;
  if (copy.type !== 'thread.started') delete copy.thread_id;
  return copy as unknown as ThreadEvent;
}

export interface Flip<E> {
  readonly name: string;
  readonly event: E;
  readonly path: Path;
  readonly replacement: unknown;
  readonly flipped: unknown;
}

/** Each field of an event with the type of its value changed in each possible way. */
export function flipsOf<E extends object>(event: E): Flip<E>[] {
  const { type, item } = event as { readonly type?: string; readonly item?: { readonly type?: string } };
  const kind = item === undefined ? type : `${String(type)}/${String(item.type)}`;
  return pathsOf(event).flatMap((path) => {
    const value = at(event, path);
    return (
      replacements
        .filter((replacement) => kindOf(replacement) !== kindOf(value))
        // A field that is null may also be text or an object: only these types are wrong.
        .filter((replacement) => value !== null || ['boolean', 'list'].includes(kindOf(replacement)))
        .map((replacement) => ({
          name: `${String(kind)} ${path.join('.')}: ${kindOf(value)} to ${kindOf(replacement)}`,
          event,
          path,
          replacement,
          flipped: withValue(event, path, replacement),
        }))
    );
  });
}

export const sampleFlips = [...sampleEvents, ...sampleEvents.map(asOnTheWire)].flatMap(flipsOf);
