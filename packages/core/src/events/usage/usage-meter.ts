import type { ThreadStartedEvent, Usage } from '../events.js';

/** Tracks the tokens of a thread. */
export interface UsageMeter {
  /** Tokens of the thread so far. */
  readonly total: Usage | undefined;
  /** Whether `total` covers all turns before the next one, so that the next difference is the usage of that turn. */
  readonly exact: boolean;
  /**
   * The scope that the CLI counts: the thread (CLI ≥ 0.98) or the process (CLI ≤ 0.75). A total that does not grow
   * shows the latter.
   */
  readonly scope: 'thread' | 'process';
  /** With scope `process`: tokens of this process so far. */
  readonly process: Usage | undefined;
  /** Whether the process has not reported any usage yet. */
  readonly isNew: boolean;
}

export interface UsageReading {
  /** Tokens of the thread, including this turn. */
  readonly total: Usage;
  /** Tokens of this turn. Absent where they are unknown. */
  readonly turn?: Usage;
}

const FIELDS = [
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'cache_write_input_tokens',
] as const satisfies readonly (keyof Usage)[];

/** Meter of a new thread. */
export const freshMeter: UsageMeter = {
  total: undefined,
  exact: true,
  scope: 'thread',
  process: undefined,
  isNew: true,
};

/** Returns the meter of a thread with earlier turns. Without a baseline, the usage of its next turn is unknown. */
export function meterFrom(baseline: Usage | undefined): UsageMeter {
  return { ...freshMeter, total: baseline, exact: baseline !== undefined };
}

/** Returns the meter of a thread that starts. `origin` is that of the thread it was forked from. */
export function startMeter(event: ThreadStartedEvent | undefined, origin: UsageMeter | undefined): UsageMeter {
  if (event?.forked_from !== undefined) return meterFrom(origin?.exact === true ? origin.total : undefined);
  return event?.resumed === true ? meterFrom(undefined) : freshMeter;
}

/** Ends a turn that reported no usage: its tokens will be part of the next total. */
export function withoutReading(meter: UsageMeter): UsageMeter {
  return meter.exact ? { ...meter, exact: false } : meter;
}

/** Continues the thread in another process. */
export function newProcess(meter: UsageMeter): UsageMeter {
  if (meter.scope === 'process') return { ...meter, process: undefined, exact: true, isNew: true };
  return meter.isNew ? meter : { ...meter, isNew: true };
}

/** Takes the usage of a `turn.completed`. */
export function read(meter: UsageMeter, usage: Usage): { meter: UsageMeter; reading: UsageReading } {
  // Servers without usage, and all reviews, report zeros. That is not the total of a thread which has used tokens.
  const isUnused = meter.exact && (meter.total === undefined || isZero(meter.total));
  if (isZero(usage) && !isUnused) {
    return { meter: withoutReading(meter), reading: { total: meter.total ?? usage } };
  }
  const scope = meter.total === undefined || isLaterTotal(meter, meter.total, usage) ? meter.scope : 'process';
  if (scope === 'thread') {
    const after: UsageMeter = { total: usage, exact: true, scope: 'thread', process: meter.process, isNew: false };
    const reading = meter.exact ? { total: usage, turn: combined(usage, meter.total, -1) } : { total: usage };
    return { meter: after, reading };
  }
  const before = meter.process !== undefined && covers(usage, meter.process) ? meter.process : undefined;
  const added = combined(usage, before, -1);
  const total = combined(added, meter.total, 1);
  // With scope `thread`, unknown tokens are from before this process.
  const turn = meter.exact || meter.scope === 'thread' ? { turn: added } : {};
  return { meter: { total, exact: true, scope, process: usage, isNew: false }, reading: { total, ...turn } };
}

/**
 * Whether `usage` can be a later total of the same counter. Each turn uses tokens: an equal total of a new process is
 * a new counter.
 */
function isLaterTotal({ isNew }: UsageMeter, total: Usage, usage: Usage): boolean {
  return covers(usage, total) && !(isNew && covers(total, usage) && !isZero(total));
}

function isZero(usage: Usage): boolean {
  for (const field of FIELDS) if ((usage[field] ?? 0) !== 0) return false;
  return true;
}

function covers(usage: Usage, other: Usage): boolean {
  for (const field of FIELDS) if ((usage[field] ?? Infinity) < (other[field] ?? 0)) return false;
  return true;
}

/** Adds or subtracts usages. */
function combined(usage: Usage, other: Usage | undefined, sign: 1 | -1): Usage {
  if (other === undefined) return usage;
  const result: Writable<Usage> = {
    input_tokens: usage.input_tokens + sign * other.input_tokens,
    cached_input_tokens: usage.cached_input_tokens + sign * other.cached_input_tokens,
    output_tokens: usage.output_tokens + sign * other.output_tokens,
  };
  for (const field of ['reasoning_output_tokens', 'cache_write_input_tokens'] as const) {
    const value = usage[field] ?? (sign === 1 && other[field] !== undefined ? 0 : undefined);
    if (value !== undefined) result[field] = value + sign * (other[field] ?? 0);
  }
  return result;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
