import type { Usage } from '@codex-rx/core/events';

/** What is known of a thread's figures. */
export interface UsageMeter {
  /** The thread's figures so far. */
  readonly total: Usage | undefined;
  /** Whether `total` holds all that was used before the turn that comes, so that a difference is that turn's. */
  readonly exact: boolean;
  /** What the CLI's figures are totals of: the thread (CLI ≥ 0.98), or the process (CLI ≤ 0.75), which is seen when they do not grow. */
  readonly scope: 'thread' | 'process';
  /** With scope `process`: the figures of this process so far. */
  readonly process: Usage | undefined;
  /** The process has told no figures yet. */
  readonly isNew: boolean;
}

export interface UsageReading {
  /** The thread's figures, this turn included. */
  readonly total: Usage;
  /** This turn's figures. Absent where they cannot be known. */
  readonly turn?: Usage;
}

const fields = [
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'cache_write_input_tokens',
] as const satisfies readonly (keyof Usage)[];

/** The meter of a thread that has used nothing yet. */
export const freshMeter: UsageMeter = {
  total: undefined,
  exact: true,
  scope: 'thread',
  process: undefined,
  isNew: true,
};

/** The meter of a thread with a past: without its figures the first turn's cannot be told. */
export function meterFrom(baseline: Usage | undefined): UsageMeter {
  return { ...freshMeter, total: baseline, exact: baseline !== undefined };
}

/** A turn is over and has told no figures: what it used will be in the next ones. */
export function withoutReading(meter: UsageMeter): UsageMeter {
  return meter.exact ? { ...meter, exact: false } : meter;
}

/** Another process goes on with the thread. */
export function newProcess(meter: UsageMeter): UsageMeter {
  if (meter.scope === 'process') return { ...meter, process: undefined, exact: true, isNew: true };
  return meter.isNew ? meter : { ...meter, isNew: true };
}

/** Takes the figures of a `turn.completed`. */
export function read(meter: UsageMeter, usage: Usage): { meter: UsageMeter; reading: UsageReading } {
  // A server that reports no usage, and every review, gives zeros: that is no figure of a thread that may have used some.
  const isUnused = meter.exact && (meter.total === undefined || isZero(meter.total));
  if (isZero(usage) && !isUnused) {
    return { meter: withoutReading(meter), reading: { total: meter.total ?? usage } };
  }
  const scope = meter.total === undefined || goesOn(meter, meter.total, usage) ? meter.scope : 'process';
  if (scope === 'thread') {
    const after: UsageMeter = { total: usage, exact: true, scope: 'thread', process: meter.process, isNew: false };
    const reading = meter.exact ? { total: usage, turn: combined(usage, meter.total, -1) } : { total: usage };
    return { meter: after, reading };
  }
  const before = meter.process !== undefined && covers(usage, meter.process) ? meter.process : undefined;
  const added = combined(usage, before, -1);
  const total = combined(added, meter.total, 1);
  // What is not known with scope `thread` is from before this process.
  const turn = meter.exact || meter.scope === 'thread' ? { turn: added } : {};
  return { meter: { total, exact: true, scope, process: usage, isNew: false }, reading: { total, ...turn } };
}

/** Whether figures can be the total after that one. No turn is for nothing: another process cannot come to the same total. */
function goesOn({ isNew }: UsageMeter, total: Usage, usage: Usage): boolean {
  return covers(usage, total) && !(isNew && covers(total, usage) && !isZero(total));
}

function isZero(usage: Usage): boolean {
  for (const field of fields) if ((usage[field] ?? 0) !== 0) return false;
  return true;
}

function covers(usage: Usage, other: Usage): boolean {
  for (const field of fields) if ((usage[field] ?? Infinity) < (other[field] ?? 0)) return false;
  return true;
}

/** Figures plus or minus others. */
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
