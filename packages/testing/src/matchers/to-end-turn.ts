import { isCodexError } from '@codex-rx/core/errors';
import type { FailureCategory, ThreadEvent } from '@codex-rx/core/events';
import type { ObservableInput } from 'rxjs';
import { showValue } from '../compare/show-value.js';
import { createEventNamer } from '../timeline/name-event.js';
import { assertKnownValue } from './assert-known-value.js';
import { failed, type MatcherResult, passed } from './matcher-result.js';
import { describeEnd, type ObservedRun, observeRun, type WithinOptions } from './observe-run.js';

/** Options of `toEndTurn()`. */
export interface EndTurnOptions extends WithinOptions {
  /** Text or pattern of the final message, or of the error message of a failed turn. */
  readonly message?: string | RegExp | undefined;
  /** Category of the failure. */
  readonly category?: FailureCategory | undefined;
}

const MAX_LAST_EVENTS = 8;
const OUTCOMES = ['completed', 'failed'];
const CATEGORIES: Readonly<Record<FailureCategory, true>> = {
  usage_limit: true,
  auth: true,
  context: true,
  overloaded: true,
  disconnected: true,
  input_too_large: true,
  config: true,
  usage: true,
  panic: true,
  unknown: true,
};

/** Implements `CodexMatchers.toEndTurn`. */
export async function toEndTurn(
  run$: ObservableInput<ThreadEvent>,
  outcome: 'completed' | 'failed' = 'completed',
  options: EndTurnOptions = {},
): Promise<MatcherResult> {
  assertKnownValue('toEndTurn: "outcome"', outcome, OUTCOMES);
  if (options.category !== undefined)
    assertKnownValue('toEndTurn: "category"', options.category, Object.keys(CATEGORIES));
  const observed = await observeRun(run$, options);
  const problem = findProblem(observed, outcome, options);
  if (problem === undefined) return passed(`Expected the turn not to have ${outcome}.`);
  return failed(`${problem}\n${describeEnd(observed)}\nLast events: ${lastNames(observed.events)}`);
}

/** The end of a turn, according to the events and the error of the run. */
interface TurnEnd {
  readonly outcome: 'completed' | 'failed';
  readonly message: string | undefined;
  readonly category: FailureCategory | undefined;
}

function turnEnd({ events, end }: ObservedRun): TurnEnd | undefined {
  if (end.kind === 'error' && isCodexError(end.error, 'TURN_FAILED'))
    return { outcome: 'failed', message: end.error.message, category: end.error.category };
  const last = events.filter((event) => event.type === 'turn.completed' || event.type === 'turn.failed').at(-1);
  if (last === undefined) return undefined;
  return last.type === 'turn.completed'
    ? { outcome: 'completed', message: finalMessage(events), category: undefined }
    : { outcome: 'failed', message: last.error.message, category: last.error.category };
}

function finalMessage(events: readonly ThreadEvent[]): string | undefined {
  const messages = events.flatMap((event) =>
    event.type === 'item.completed' && event.item.type === 'agent_message' ? [event.item.text] : [],
  );
  return messages.at(-1);
}

function findProblem(
  run: ObservedRun,
  outcome: TurnEnd['outcome'],
  { message, category }: EndTurnOptions,
): string | undefined {
  const turn = turnEnd(run);
  if (turn === undefined) return `Expected the turn to have ${outcome}, but it did not end.`;
  if (turn.outcome !== outcome) return `Expected the turn to have ${outcome}, but it ${turn.outcome}.`;
  if (run.end.kind === 'none' || (outcome === 'completed' && run.end.kind === 'error'))
    return `The turn ${outcome}, but the run did not complete after it.`;
  if (message !== undefined && !matchesText(turn.message, message)) {
    const kind = outcome === 'completed' ? 'final message' : 'error message';
    const expected = typeof message === 'string' ? showValue(message) : String(message);
    return `Expected the ${kind} ${expected}, got ${showValue(turn.message)}.`;
  }
  return category === undefined || category === turn.category
    ? undefined
    : `Expected the category ${category}, got ${turn.category ?? 'none'}.`;
}

const matchesText = (text: string | undefined, expected: string | RegExp): boolean =>
  typeof expected === 'string' ? text === expected : text !== undefined && expected.test(text);

function lastNames(events: readonly ThreadEvent[]): string {
  const names = events.map(createEventNamer());
  return names.length === 0
    ? 'none'
    : `${names.length > MAX_LAST_EVENTS ? '… ' : ''}${names.slice(-MAX_LAST_EVENTS).join(' ')}`;
}
