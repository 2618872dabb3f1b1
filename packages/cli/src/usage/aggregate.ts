import type { Calendar } from './periods.js';
import type { PriceOf } from './prices.js';
import type { UsageEntry } from './read-session.js';
import { addTokens, NO_TOKENS, type Tokens } from './tokens.js';

/** The dimensions by which usage can be grouped. */
export const DIMENSIONS = ['day', 'week', 'month', 'model', 'project', 'session'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const UNKNOWN = '(unknown)';

/** The usage of one group. */
export interface UsageRow {
  /** The values of the dimensions, in their order. */
  readonly keys: readonly string[];
  readonly tokens: Tokens;
  /** In USD: what the tokens cost at the list prices, as far as these are known. */
  readonly cost: number;
  /** The tokens of models without a known price, which `cost` does not contain. */
  readonly unpriced: Tokens;
  /** The number of sessions with tokens, sub-agents included. */
  readonly sessions: number;
}

/** A model without a known price. */
interface UnpricedModel {
  readonly model: string;
  readonly provider: string | undefined;
  readonly tokens: Tokens;
}

export interface UsageTable {
  /** By each dimension in turn: periods ascending; models, projects and sessions by their cost, then tokens. */
  readonly rows: readonly UsageRow[];
  readonly total: UsageRow;
  readonly unpriced: readonly UnpricedModel[];
}

export interface AggregateOptions {
  readonly by: readonly Dimension[];
  readonly calendar: Calendar;
  readonly priceOf: PriceOf;
  /** First and last day, such as `2026-11-30`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

interface Group {
  readonly keys: readonly string[];
  tokens: Tokens;
  cost: number;
  unpriced: Tokens;
  readonly sessions: Set<string>;
}

/** Sums entries by groups. Its memory depends on the number of groups and sessions, not on that of entries. */
export class UsageAggregator {
  readonly #groups = new Map<string, Group>();
  readonly #total: Group = newGroup([]);
  readonly #unpriced = new Map<string, { model: string; provider: string | undefined; tokens: Tokens }>();
  readonly #options: AggregateOptions;

  constructor(options: AggregateOptions) {
    this.#options = options;
  }

  add(entry: UsageEntry): void {
    const { by, calendar, since, until, priceOf } = this.#options;
    const { model, provider, tokens, time } = entry;
    if (since !== undefined || until !== undefined) {
      const day = calendar.day(time);
      if ((since !== undefined && day < since) || (until !== undefined && day > until)) return;
    }
    const cost = model === undefined ? undefined : priceOf(model, provider, tokens, time);
    if (cost === undefined) this.#addUnpriced(entry);
    const keys = by.map((dimension) => keyOf(entry, dimension, calendar));
    const id = idOf(keys);
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = newGroup(keys);
      this.#groups.set(id, group);
    }
    addTo(group, entry, cost);
    addTo(this.#total, entry, cost);
  }

  /** Returns the sums so far. */
  table(): UsageTable {
    const rows = [...this.#groups.values()].map(toRow);
    const sums = prefixSums(rows);
    const unpriced = [...this.#unpriced.values()].sort((a, b) => compare(a.model, b.model));
    return { rows: rows.sort((a, b) => this.#order(a, b, sums)), total: toRow(this.#total), unpriced };
  }

  #addUnpriced({ model = UNKNOWN, provider, tokens }: UsageEntry): void {
    const id = `${model}\n${provider ?? ''}`;
    const known = this.#unpriced.get(id);
    this.#unpriced.set(id, { model, provider, tokens: addTokens(known?.tokens ?? NO_TOKENS, tokens) });
  }

  #order(a: UsageRow, b: UsageRow, sums: ReadonlyMap<string, Sum>): number {
    const index = this.#options.by.findIndex((_, i) => a.keys[i] !== b.keys[i]);
    const dimension = this.#options.by[index];
    const [x = '', y = ''] = [a.keys[index], b.keys[index]];
    if (dimension === undefined || isPeriod(dimension)) return compare(x, y);
    const [one, other] = [a, b].map(({ keys }) => sums.get(idOf(keys.slice(0, index + 1))) ?? NO_SUM);
    if (one === undefined || other === undefined) return 0;
    return other.cost - one.cost || other.tokens - one.tokens || compare(x, y);
  }
}

function keyOf(entry: UsageEntry, dimension: Dimension, calendar: Calendar): string {
  switch (dimension) {
    case 'model':
      return entry.model ?? UNKNOWN;
    case 'project':
      return entry.folder ?? UNKNOWN;
    case 'session':
      return entry.session;
    default:
      return calendar[dimension](entry.time);
  }
}

function isPeriod(dimension: Dimension): boolean {
  return dimension === 'day' || dimension === 'week' || dimension === 'month';
}

/** The cost and tokens of the rows with the same first keys. */
interface Sum {
  readonly cost: number;
  readonly tokens: number;
}

const NO_SUM: Sum = { cost: 0, tokens: 0 };

function prefixSums(rows: readonly UsageRow[]): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { keys, cost, tokens } of rows) {
    for (const index of keys.keys()) {
      const id = idOf(keys.slice(0, index + 1));
      const sum = sums.get(id) ?? NO_SUM;
      sums.set(id, { cost: sum.cost + cost, tokens: sum.tokens + tokens.input + tokens.output });
    }
  }
  return sums;
}

/** Names of folders may contain any character. */
function idOf(keys: readonly string[]): string {
  return JSON.stringify(keys);
}

function newGroup(keys: readonly string[]): Group {
  return { keys, tokens: NO_TOKENS, cost: 0, unpriced: NO_TOKENS, sessions: new Set() };
}

function addTo(group: Group, { tokens, session }: UsageEntry, cost: number | undefined): void {
  group.tokens = addTokens(group.tokens, tokens);
  if (cost === undefined) group.unpriced = addTokens(group.unpriced, tokens);
  else group.cost += cost;
  group.sessions.add(session);
}

function toRow({ keys, tokens, cost, unpriced, sessions }: Group): UsageRow {
  return { keys, tokens, cost, unpriced, sessions: sessions.size };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
