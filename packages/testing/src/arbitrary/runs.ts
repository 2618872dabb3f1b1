import type { ThreadEvent, Usage } from '@codex-rx/core/events';
import fc from 'fast-check';
import { events } from '../builders/index.js';
import { lasting, momentary } from './items.js';

export interface RunsOptions {
  /** How many turns at most; from 1. Default 1, as `codex exec` has. */
  readonly maxTurns?: number | undefined;
  /** How many items a turn has at most. Default 8. */
  readonly maxItems?: number | undefined;
  /** How the last turn ends: `any` (default) also leaves it open, as a run that was cut off. */
  readonly outcome?: 'completed' | 'failed' | 'cut' | 'any' | undefined;
}

/**
 * Whole runs as the CLI could emit them: the thread starts, turns follow each other, every item starts before it is updated and completes at most
 * once, ids are distinct, items of one turn overlap, notices come in between, usage grows.
 *
 * ```ts
 * import { runs } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(fc.property(runs({ outcome: 'completed' }), (run) => run.at(-1)?.type === 'turn.completed'));
 * ```
 */
export function runs({ maxTurns = 1, maxItems = 8, outcome = 'any' }: RunsOptions = {}): fc.Arbitrary<ThreadEvent[]> {
  return fc
    .tuple(fc.uuid(), fc.integer({ min: 1, max: maxTurns }))
    .chain(([thread, turns]) =>
      fc
        .tuple(
          ...Array.from({ length: turns }, (_, index) =>
            turn(index * maxItems, maxItems, index === turns - 1 ? outcome : 'completed'),
          ),
        )
        .map((parts) => withGrowingUsage([events.threadStarted(thread), ...parts.flat()])),
    );
}

/** A turn of overlapping items: the stories of its items, shuffled together without changing the order within each. */
function turn(
  firstId: number,
  maxItems: number,
  outcome: NonNullable<RunsOptions['outcome']>,
): fc.Arbitrary<ThreadEvent[]> {
  return fc
    .integer({ min: 0, max: maxItems })
    .chain((count) =>
      fc.tuple(...Array.from({ length: count }, (_, index) => story(`item_${String(firstId + index)}`))),
    )
    .chain((stories) =>
      fc
        .tuple(
          fc.array(fc.nat(1000), { minLength: stories.flat().length, maxLength: stories.flat().length }),
          fc.array(notice, { maxLength: 2 }),
          end(outcome),
        )
        .map(([picks, notices, last]) => [events.turnStarted(), ...interleave([...stories, notices], picks), ...last]),
    );
}

const notice = fc.constantFrom('Reconnecting... 1/5', 'Reconnecting... 2/5').map((text) => events.error(text));

/** What happens to one item. It may be left open, as an item of the real CLI may be. */
function story(id: string): fc.Arbitrary<ThreadEvent[]> {
  const once = fc
    .constantFrom(...momentary)
    .chain((make) => make(id, 'completed'))
    .map((item) => [events.itemCompleted(item)]);
  const longer = fc
    .constantFrom(...lasting)
    .chain((make) =>
      fc
        .tuple(
          make(id, 'started'),
          fc.array(make(id, 'running'), { maxLength: 2 }),
          fc.option(make(id, 'completed'), { freq: 9 }),
        )
        .map(([started, running, completed]) => [
          events.itemStarted(started),
          ...running.map((item) => events.itemUpdated(item)),
          ...(completed === null ? [] : [events.itemCompleted(completed)]),
        ]),
    );
  return fc.oneof(once, longer);
}

function interleave(stories: readonly (readonly ThreadEvent[])[], picks: readonly number[]): ThreadEvent[] {
  const open = stories.map((one) => [...one]);
  const merged: ThreadEvent[] = [];
  for (let step = 0; ; step += 1) {
    const left = open.filter((one) => one.length > 0);
    const next = left[(picks[step] ?? 0) % Math.max(1, left.length)]?.shift();
    if (next === undefined) return merged;
    merged.push(next);
  }
}

function end(outcome: NonNullable<RunsOptions['outcome']>): fc.Arbitrary<ThreadEvent[]> {
  const completed = usage.map((figures): ThreadEvent[] => [events.turnCompleted(figures)]);
  const failed = fc
    .constantFrom('You’ve hit your usage limit.', 'stream disconnected before completion', 'unexpected status 500')
    .map((message): ThreadEvent[] => [events.turnFailed(message)]);
  const cut = fc.constant<ThreadEvent[]>([]);
  return { completed, failed, cut, any: fc.oneof({ weight: 3, arbitrary: completed }, failed, cut) }[outcome];
}

const count = fc.nat(50_000);
const usage: fc.Arbitrary<Usage> = fc.record({
  input_tokens: count,
  cached_input_tokens: count,
  output_tokens: count,
  reasoning_output_tokens: count,
});

/** The figures of the CLI are totals of the thread. */
function withGrowingUsage(run: readonly ThreadEvent[]): ThreadEvent[] {
  let total: Usage = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0, reasoning_output_tokens: 0 };
  return run.map((event) => {
    if (event.type !== 'turn.completed' || event.usage === undefined) return event;
    total = sum(total, event.usage);
    return { ...event, usage: total };
  });
}

const sum = (a: Usage, b: Usage): Usage => ({
  input_tokens: a.input_tokens + b.input_tokens,
  cached_input_tokens: a.cached_input_tokens + b.cached_input_tokens,
  output_tokens: a.output_tokens + b.output_tokens,
  reasoning_output_tokens: (a.reasoning_output_tokens ?? 0) + (b.reasoning_output_tokens ?? 0),
});
