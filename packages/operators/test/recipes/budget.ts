import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import { type ThreadSnapshot, withLatestSnapshot } from '@codex-rx/operators';
import { type MonoTypeOperatorFunction, map } from 'rxjs';

export class BudgetError extends Error {
  override readonly name = 'BudgetError';
  readonly tokens: number;

  constructor(tokens: number, budget: number) {
    super(`About ${String(tokens)} tokens were used; the budget is ${String(budget)}`);
    this.tokens = tokens;
  }
}

/** Ends a run that has used more than `budget` tokens: it errors, which terminates the process. */
export function withinBudget(budget: number): MonoTypeOperatorFunction<ThreadEvent> {
  return (source$) =>
    source$.pipe(
      withLatestSnapshot(),
      map(([event, snapshot]) => {
        const tokens = tokensOf(snapshot);
        if (tokens > budget) throw new BudgetError(tokens, budget);
        return event;
      }),
    );
}

/** Returns the tokens of all turns: as reported by the CLI at the end of a turn, and estimated before. */
function tokensOf({ turns }: ThreadSnapshot): number {
  let tokens = 0;
  for (const { usage, items } of turns) {
    tokens += usage ? usage.input_tokens - usage.cached_input_tokens + usage.output_tokens : estimate(items);
  }
  return tokens;
}

/** Four characters are taken for a token. */
function estimate(items: Iterable<ThreadItem>): number {
  let characters = 0;
  for (const item of items) characters += sizeOf(item);
  return Math.ceil(characters / 4);
}

const sizes = new WeakMap<ThreadItem, number>();

/** Snapshots share the items that have not changed, so each state of an item is measured once. */
function sizeOf(item: ThreadItem): number {
  const size = sizes.get(item) ?? JSON.stringify(item).length;
  sizes.set(item, size);
  return size;
}
