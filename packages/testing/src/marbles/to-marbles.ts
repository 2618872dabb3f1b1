import type { ThreadEvent } from '@codex-rx/core/events';
import type { Fixture } from '../fixtures/fixture.js';
import { eventFrames, type ReplaySpeed } from '../fixtures/fixture-frames.js';
import { completeAt, type Frame, nextAt } from '../timeline/frame.js';
import { createEventNamer } from '../timeline/name-event.js';
import { describeEvent } from './describe-event.js';

/** The diagram of a run, for `fromMarbles` and `expectRun(…).toBe`. */
export interface RunMarbles {
  /** The marble diagram. */
  readonly marbles: string;
  /** The events by their names in the diagram. */
  readonly values: Readonly<Record<string, ThreadEvent>>;
  /** The error of `#`, if the run errors. */
  readonly error?: unknown;
  /** Returns the diagram and a legend of its names. */
  toString(): string;
}

const WIDTH = 100;

/** Converts frames to a diagram. */
export function framesToMarbles(frames: readonly Frame<ThreadEvent>[]): RunMarbles {
  const values: Record<string, ThreadEvent> = {};
  const nameEvent = createVariantNamer(values);
  let error: { error?: unknown } = {};
  const parts: string[] = [];
  let time = 0;
  for (let index = 0; index < frames.length; ) {
    const at = frames[index]?.frame ?? time;
    if (at > time) parts.push(`${String(at - time)}ms`);
    const names: string[] = [];
    for (let frame = frames[index]; frame?.frame === at; frame = frames[++index]) {
      const { notification } = frame;
      if (notification.kind === 'E') error = { error: notification.error };
      names.push(notification.kind === 'N' ? nameEvent(notification.value) : notification.kind === 'C' ? '|' : '#');
    }
    parts.push(`{${names.join(' ')}}`);
    time = at;
  }
  const marbles = parts.join(' ');
  return { marbles, values, ...error, toString: () => `${wrap(marbles)}\n\n${legend(values)}\n` };
}

/** Creates a namer that gives equal events the same name and appends `.2`, `.3`, … to the names of different ones. */
function createVariantNamer(values: Record<string, ThreadEvent>): (event: ThreadEvent) => string {
  const nameOf = createEventNamer();
  const variants = new Map<string, Map<string, string>>();
  return (event) => {
    const base = nameOf(event);
    const known = variants.get(base) ?? new Map<string, string>();
    variants.set(base, known);
    const key = JSON.stringify(event);
    const name = known.get(key) ?? (known.size === 0 ? base : `${base}.${String(known.size + 1)}`);
    known.set(key, name);
    values[name] = event;
    return name;
  };
}

function legend(values: Readonly<Record<string, ThreadEvent>>): string {
  const entries = Object.entries(values);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, event]) => `${name.padEnd(width)}  ${describeEvent(event)}`).join('\n');
}

/** Breaks lines between groups, where a diagram may contain blanks. */
function wrap(marbles: string): string {
  const lines: string[] = [];
  for (const part of marbles.split(/(?<=\}) /)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + part.length > WIDTH) lines.push(part);
    else lines[lines.length - 1] = `${last} ${part}`;
  }
  return lines.join('\n');
}

/** Options of `toMarbles()`. */
export interface ToMarblesOptions {
  /** Speed of a recorded run. Default `recorded`. */
  readonly pace?: ReplaySpeed | undefined;
}

/**
 * Converts a run to a diagram: a recorded run with its times and its end, or events that are emitted synchronously and
 * complete.
 *
 * Names are `thread`, `turn`, `done`, `failed`, `notice`, `bad` (a malformed line) and `?type` (an unknown event). The
 * names of item 0 are `+cmd0` (started), `~cmd0` (updated), `>cmd0` (delta), `!cmd0` (failed) and `cmd0` (completed).
 * Item kinds are `msg`, `think`, `cmd`, `patch`, `mcp`, `collab`, `search`, `todo`, `warn`, `user`, `plan`, `compact`,
 * `image` and `item` (unknown).
 *
 * @example
 * ```ts
 * import { events, items, loadFixture, toMarbles } from '@codex-rx/testing';
 *
 * console.log(toMarbles(events.run(items.agentMessage('Hello.'))).marbles); // {thread turn msg0 done |}
 * console.log(String(toMarbles(loadFixture('0.169.0/plain-answer')))); // with a legend
 * ```
 */
export function toMarbles(
  run: Fixture | readonly ThreadEvent[],
  { pace = 'recorded' }: ToMarblesOptions = {},
): RunMarbles {
  if (!isFixture(run)) return framesToMarbles([...run.map((event) => nextAt(0, event)), completeAt(0)]);
  return framesToMarbles(eventFrames(run, pace));
}

const isFixture = (run: Fixture | readonly ThreadEvent[]): run is Fixture => 'arrivals' in run;
