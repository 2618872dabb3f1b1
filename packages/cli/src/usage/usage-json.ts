import type { Dimension, UsageRow } from './aggregate.js';
import type { Usage } from './collect-usage.js';
import { PRICE_TABLE } from './prices.js';
import { type Tokens, totalTokens } from './tokens.js';

export interface JsonOptions {
  readonly by: readonly Dimension[];
  readonly timeZone: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** Returns the output of `codex-rx usage --json`. */
export function usageJson(usage: Usage, { by, timeZone, since, until }: JsonOptions): unknown {
  return {
    by,
    timezone: timeZone,
    since: since ?? null,
    until: until ?? null,
    prices: PRICE_TABLE,
    rows: usage.rows.map((row) => ({
      ...Object.fromEntries(by.map((dimension, index) => [dimension, row.keys[index]])),
      ...countsOf(row),
    })),
    total: countsOf(usage.total),
    unpricedModels: usage.unpriced.map(({ model, provider, tokens }) => ({
      model,
      provider: provider ?? null,
      ...tokensOf(tokens),
    })),
    files: usage.files,
    skippedFiles: usage.skipped,
    damagedLines: usage.damaged.lines,
    damagedFiles: usage.damaged.files,
  };
}

function countsOf({ tokens, cost, unpriced, sessions }: UsageRow): object {
  // Sums of prices have errors in the last digits.
  return { sessions, ...tokensOf(tokens), costUsd: Number(cost.toFixed(9)), unpricedTokens: totalTokens(unpriced) };
}

function tokensOf(tokens: Tokens): object {
  return {
    inputTokens: tokens.input,
    cachedInputTokens: tokens.cachedInput,
    cacheWriteInputTokens: tokens.cacheWriteInput,
    outputTokens: tokens.output,
    reasoningOutputTokens: tokens.reasoningOutput,
    totalTokens: totalTokens(tokens),
  };
}
