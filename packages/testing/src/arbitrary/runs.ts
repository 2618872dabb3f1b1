import type { ThreadEvent, Usage } from '@codex-rx/core/events';
import fc from 'fast-check';
import { events } from '../builders/index.js';
import { lasting, momentary } from './items.js';

/** Options of `runs()`. */
export interface RunsOptions {
  /** Maximum number of turns, at least 1. Default 1, as in `codex exec`. */
  readonly maxTurns?: number | undefined;
  /** Maximum number of items per turn. Default 8. */
  readonly maxItems?: number | undefined;
  /** Outcome of the last turn. `cut` truncates the run; `any` (default) generates all outcomes. */
  readonly outcome?: 'completed' | 'failed' | 'cut' | 'any' | undefined;
}

/**
 * Generates plausible runs: the thread starts, turns follow each other, every item starts before it is updated and
 * completes at most once, ids are distinct, items of one turn overlap, notices occur, usage grows.
 *
 * @example
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

/** Generates a turn of overlapping items: interleaves the events of its items and keeps the order of each item. */
function turn(
  firstId: number,
  maxItems: number,
  outcome: NonNullable<RunsOptions['outcome']>,
): fc.Arbitrary<ThreadEvent[]> {
  return fc
    .integer({ min: 0, max: maxItems })
    .chain((count) =>
      fc.tuple(...Array.from({ length: count }, (_, index) => itemEvents(`item_${String(firstId + index)}`))),
    )
    .chain((lists) =>
      fc
        .tuple(
          fc.array(fc.nat(1000), { minLength: lists.flat().length, maxLength: lists.flat().length }),
          fc.array(notice, { maxLength: 2 }),
          end(outcome),
        )
        .map(([picks, notices, last]) => [events.turnStarted(), ...interleave([...lists, notices], picks), ...last]),
    );
}

const notice = fc.constantFrom('Reconnecting... 1/5', 'Reconnecting... 2/5').map((text) => events.error(text));

/** Generates the events of one item. The item may stay open, as in the real CLI. */
function itemEvents(id: string): fc.Arbitrary<ThreadEvent[]> {
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

function interleave(lists: readonly (readonly ThreadEvent[])[], picks: readonly number[]): ThreadEvent[] {
  const queues = lists.map((list) => [...list]);
  const merged: ThreadEvent[] = [];
  for (let step = 0; ; step += 1) {
    const remaining = queues.filter((queue) => queue.length > 0);
    const next = remaining[(picks[step] ?? 0) % Math.max(1, remaining.length)]?.shift();
    if (next === undefined) return merged;
    merged.push(next);
  }
}

function end(outcome: NonNullable<RunsOptions['outcome']>): fc.Arbitrary<ThreadEvent[]> {
  const completed = usage.map((tokens): ThreadEvent[] => [events.turnCompleted(tokens)]);
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

/** Sums the usage of the turns, because the CLI reports totals of the thread. */
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
