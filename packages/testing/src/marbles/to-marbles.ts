import type { ThreadEvent } from '@codex-rx/core/events';
import type { Fixture } from '../fixtures/fixture.js';
import { eventFrames, type ReplaySpeed } from '../fixtures/fixture-frames.js';
import { completeAt, type Frame, nextAt } from '../timeline/frame.js';
import { createEventNamer } from '../timeline/name-event.js';
import { describeEvent } from './describe-event.js';

/** A run as a diagram that `fromMarbles` and `expectRun(…).toBe` read. */
export interface RunMarbles {
  readonly marbles: string;
  readonly values: Readonly<Record<string, ThreadEvent>>;
  /** What `#` stands for, if the run errors. */
  readonly error?: unknown;
  /** The diagram and its legend, for people. */
  toString(): string;
}

const WIDTH = 100;

/** Writes moments as a diagram. */
export function framesToMarbles(moments: readonly Frame<ThreadEvent>[]): RunMarbles {
  const values: Record<string, ThreadEvent> = {};
  const naming = createVariantNamer(values);
  let error: { error?: unknown } = {};
  const parts: string[] = [];
  let frame = 0;
  for (let index = 0; index < moments.length; ) {
    const at = moments[index]?.frame ?? frame;
    if (at > frame) parts.push(`${String(at - frame)}ms`);
    const names: string[] = [];
    for (let moment = moments[index]; moment?.frame === at; moment = moments[++index]) {
      const { notification } = moment;
      if (notification.kind === 'E') error = { error: notification.error };
      names.push(notification.kind === 'N' ? naming(notification.value) : notification.kind === 'C' ? '|' : '#');
    }
    parts.push(`{${names.join(' ')}}`);
    frame = at;
  }
  const marbles = parts.join(' ');
  return { marbles, values, ...error, toString: () => `${wrap(marbles)}\n\n${legend(values)}\n` };
}

/** Equal events share a name; later ones that differ get `.2`, `.3`, … after it. */
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

/** Breaks between groups only, where a blank may be. */
function wrap(marbles: string): string {
  const lines: string[] = [];
  for (const part of marbles.split(/(?<=\}) /)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + part.length > WIDTH) lines.push(part);
    else lines[lines.length - 1] = `${last} ${part}`;
  }
  return lines.join('\n');
}

export interface ToMarblesOptions {
  /** Of a recorded run: how fast. Default `recorded`. */
  readonly pace?: ReplaySpeed | undefined;
}

/**
 * Writes a run as a diagram: a recorded one with its times and its end, or events that all happen at once and complete.
 *
 * Names say what happens: `thread`, `turn`, `done`, `failed`, `notice`, `bad` (a malformed line), `?type` (an unknown event); of item 0 `+cmd0` (started), `~cmd0`
 * (updated), `>cmd0` (delta), `!cmd0` (failed) and `cmd0` (completed). The items are `msg`, `think`, `cmd`, `patch`, `mcp`, `collab`, `search`, `todo`,
 * `warn`, `user`, `plan`, `compact`, `image` and `item` (unknown).
 *
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
