import type { Frame } from '../timeline/frame.js';
import { createEventNamer, isThreadEvent } from '../timeline/name-event.js';
import { align, type MatchPredicate } from './align.js';
import { AnyEventNamed, PartialEvent } from './asymmetric-matchers.js';
import { compareFrames, matchesEventName } from './compare-frames.js';
import { showValue } from './show-value.js';

/** A row of a comparison: two aligned frames and their differences. */
interface Row {
  readonly expected: Cell | undefined;
  readonly actual: Cell | undefined;
  readonly problems: readonly string[];
}

interface Cell {
  readonly frame: Frame<unknown>;
  readonly label: string;
}

export interface CompareOptions {
  /** Shows the times, which are always compared. Default `true`. */
  readonly timed?: boolean | undefined;
}

const CONTEXT = 2;
const MAX_WRONG_ROWS = 25;
const MAX_CELL_WIDTH = 60;
/** Width of a time, its unit and the gap before the name. */
const TIME_WIDTH = 11;

/**
 * Compares the notifications of a stream with the expected ones.
 *
 * @returns a report of both timelines side by side, with the differing fields below each notification; `undefined` if
 * the timelines are equal.
 */
export function compareTimelines(
  expected: readonly Frame<unknown>[],
  actual: readonly Frame<unknown>[],
  options: CompareOptions = {},
): string | undefined {
  const rows = alignRows(toCells(expected), toCells(actual));
  const wrong = rows.filter(isWrong).length;
  if (wrong === 0) return undefined;
  const count = `${String(wrong)} of ${String(rows.length)} notifications`;
  return `The run differs from the expected one at ${count} (✗).\n\n${table(rows, options.timed ?? true)}\n`;
}

const isWrong = ({ problems }: Row): boolean => problems.length > 0;

function toCells(frames: readonly Frame<unknown>[]): Cell[] {
  const nameEvent = createEventNamer();
  return frames.map((frame) => {
    const { notification } = frame;
    if (notification.kind === 'C') return { frame, label: '|' };
    if (notification.kind === 'E') return { frame, label: '#' };
    const { value } = notification;
    if (value instanceof AnyEventNamed) return { frame, label: value.name };
    if (value instanceof PartialEvent) return { frame, label: value.toString() };
    return { frame, label: isThreadEvent(value) ? nameEvent(value) : showValue(value) };
  });
}

function alignRows(expected: readonly Cell[], actual: readonly Cell[]): Row[] {
  // Equal timelines are the common case and need no alignment.
  if (expected.length === actual.length) {
    const rows = expected.map((cell, index) => compareCells(cell, actual[index]));
    if (!rows.some(isWrong)) return rows;
  }
  const isMatch: MatchPredicate = (left, right) => areComparable(expected[left], actual[right]);
  const pairs = align(expected.length, actual.length, isMatch).map(
    ([left, right]): Pair => [
      left === undefined ? undefined : expected[left],
      right === undefined ? undefined : actual[right],
    ],
  );
  return joinValues(pairs).map(([left, right]) => compareCells(left, right));
}

type Pair = readonly [expected: Cell | undefined, actual: Cell | undefined];

/**
 * Joins a missing plain value and the actual value at its position into one row. The alignment cannot pair them,
 * because the label of a plain value is the value itself.
 */
function joinValues(pairs: readonly Pair[]): Pair[] {
  const joined: Pair[] = [];
  /** Indexes of expected values without a partner. */
  let open: number[] = [];
  for (const [expected, actual] of pairs) {
    if (expected !== undefined && actual !== undefined) open = [];
    const candidate = actual !== undefined && expected === undefined && isPlain(actual) ? open.shift() : undefined;
    if (candidate !== undefined) joined[candidate] = [joined[candidate]?.[0], actual];
    else {
      if (expected !== undefined && actual === undefined && isPlain(expected)) open.push(joined.length);
      joined.push([expected, actual]);
    }
  }
  return joined;
}

const isPlain = ({ frame: { notification } }: Cell): boolean =>
  notification.kind === 'N' &&
  !isThreadEvent(notification.value) &&
  !(notification.value instanceof AnyEventNamed) &&
  !(notification.value instanceof PartialEvent);

/** Returns whether two notifications have the same kind, so that a comparison of fields is useful. */
function areComparable(expected: Cell | undefined, actual: Cell | undefined): boolean {
  if (expected === undefined || actual === undefined) return false;
  const [e, a] = [expected.frame.notification, actual.frame.notification];
  if (e.kind === 'N' && a.kind === 'N') {
    if (e.value instanceof AnyEventNamed) return matchesEventName(e.value.name, a.value, actual.label);
    if (e.value instanceof PartialEvent) return isThreadEvent(a.value) && e.value.isKindOf(a.value);
  }
  return e.kind === a.kind && expected.label === actual.label;
}

function compareCells(expected: Cell | undefined, actual: Cell | undefined): Row {
  if (expected === undefined) return { expected, actual, problems: ['not expected'] };
  if (actual === undefined) return { expected, actual, problems: ['missing'] };
  return { expected, actual, problems: compareFrames(expected.frame, actual.frame, actual.label) };
}

function table(rows: readonly Row[], timed: boolean): string {
  const nothing = timed ? `${' '.repeat(TIME_WIDTH)}–` : '–';
  const show = (cell: Cell | undefined): string => (cell === undefined ? nothing : showCell(cell, timed));
  const left = rows.map(({ expected }) => show(expected));
  const width = Math.max('expected'.length, ...left.map(({ length }) => length));
  const lines = [`  ${'expected'.padEnd(width)}  actual`];
  let shownUntil = 0;
  let wrong = 0;
  for (const [index, row] of rows.entries()) {
    if (!rows.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(isWrong)) continue;
    if (wrong === MAX_WRONG_ROWS) break;
    if (index > shownUntil) lines.push(`  … ${String(index - shownUntil)} as expected`);
    shownUntil = index + 1;
    const mark = isWrong(row) ? '✗' : ' ';
    wrong += isWrong(row) ? 1 : 0;
    lines.push(`${mark} ${(left[index] ?? '').padEnd(width)}  ${show(row.actual)}`.trimEnd());
    for (const problem of row.problems) lines.push(`      ${problem}`);
  }
  if (shownUntil < rows.length) {
    const more = rows.slice(shownUntil).filter(isWrong).length;
    lines.push(
      `  … ${String(rows.length - shownUntil)} ${more === 0 ? 'as expected' : `more, ${String(more)} of them ✗`}`,
    );
  }
  return lines.join('\n');
}

function showCell({ frame: { frame, notification }, label }: Cell, timed: boolean): string {
  const text = notification.kind === 'E' ? `# ${showValue(notification.error)}` : label;
  const cut = text.length <= MAX_CELL_WIDTH ? text : `${text.slice(0, MAX_CELL_WIDTH - 1)}…`;
  return timed ? `${`${String(frame)}ms`.padStart(TIME_WIDTH - 2)}  ${cut}` : cut;
}
