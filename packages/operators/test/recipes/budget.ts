import type { ThreadEvent } from '@codex-rx/core/events';
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

/** The CLI tells figures at the end of a turn only; for the turn that runs, four characters are taken for a token. */
function tokensOf({ usage: { total }, turns }: ThreadSnapshot): number {
  const told = total === undefined ? 0 : total.input_tokens - total.cached_input_tokens + total.output_tokens;
  const turn = turns.at(-1);
  const isOpen = turn?.status === 'in_progress';
  return told + (isOpen ? Math.ceil(JSON.stringify(turn.items).length / 4) : 0);
}
