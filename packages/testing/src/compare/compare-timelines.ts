import type { Frame } from '../timeline/frame.js';
import { createEventNamer, isThreadEvent } from '../timeline/name-event.js';
import { align, type MatchPredicate } from './align.js';
import { AnyEventNamed, PartialEvent } from './asymmetric-matchers.js';
import { compareFrames, matchesEventName } from './compare-frames.js';
import { showValue } from './show-value.js';

/** One line of a comparison: the moments that face each other, and what is wrong with them. */
interface Row {
  readonly expected: Cell | undefined;
  readonly actual: Cell | undefined;
  readonly problems: readonly string[];
}

interface Cell {
  readonly moment: Frame<unknown>;
  readonly label: string;
}

export interface CompareOptions {
  /** Show times; they are compared in any case. Default `true`. */
  readonly timed?: boolean | undefined;
}

const CONTEXT = 2;
const MOST_WRONG = 25;
const WIDEST = 60;
/** Of a frame, its unit and what keeps it from the name. */
const TIME_WIDTH = 11;

/**
 * Compares what a stream did with what was expected of it. `undefined` if they are the same, else a text that shows both timelines side by
 * side, with the differing fields below each moment.
 */
export function compareTimelines(
  expected: readonly Frame<unknown>[],
  actual: readonly Frame<unknown>[],
  options: CompareOptions = {},
): string | undefined {
  const rows = rowsOf(cellsOf(expected), cellsOf(actual));
  const wrong = rows.filter(isWrong).length;
  if (wrong === 0) return undefined;
  const count = `${String(wrong)} of ${String(rows.length)} moments`;
  return `The run is not as expected at ${count} (✗).\n\n${table(rows, options.timed ?? true)}\n`;
}

const isWrong = ({ problems }: Row): boolean => problems.length > 0;

function cellsOf(moments: readonly Frame<unknown>[]): Cell[] {
  const nameOf = createEventNamer();
  return moments.map((moment) => {
    const { notification } = moment;
    if (notification.kind === 'C') return { moment, label: '|' };
    if (notification.kind === 'E') return { moment, label: '#' };
    const { value } = notification;
    if (value instanceof AnyEventNamed) return { moment, label: value.name };
    if (value instanceof PartialEvent) return { moment, label: value.toString() };
    return { moment, label: isThreadEvent(value) ? nameOf(value) : showValue(value) };
  });
}

function rowsOf(expected: readonly Cell[], actual: readonly Cell[]): Row[] {
  // The common case first: moment by moment all is well, and nothing need be aligned.
  if (expected.length === actual.length) {
    const rows = expected.map((cell, index) => rowOf(cell, actual[index]));
    if (!rows.some(isWrong)) return rows;
  }
  const isMate: MatchPredicate = (left, right) => areMates(expected[left], actual[right]);
  const pairs = align(expected.length, actual.length, isMate).map(
    ([left, right]): Pair => [
      left === undefined ? undefined : expected[left],
      right === undefined ? undefined : actual[right],
    ],
  );
  return joinValues(pairs).map(([left, right]) => rowOf(left, right));
}

type Pair = readonly [expected: Cell | undefined, actual: Cell | undefined];

/** A plain value that is missing and another one in its place are one row: their labels are the values, which is why they did not fit. */
function joinValues(pairs: readonly Pair[]): Pair[] {
  const joined: Pair[] = [];
  /** Rows of expected values without a partner so far. */
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

const isPlain = ({ moment: { notification } }: Cell): boolean =>
  notification.kind === 'N' &&
  !isThreadEvent(notification.value) &&
  !(notification.value instanceof AnyEventNamed) &&
  !(notification.value instanceof PartialEvent);

/** Whether two moments are worth comparing: they are of the same kind. */
function areMates(expected: Cell | undefined, actual: Cell | undefined): boolean {
  if (expected === undefined || actual === undefined) return false;
  const [e, a] = [expected.moment.notification, actual.moment.notification];
  if (e.kind === 'N' && a.kind === 'N') {
    if (e.value instanceof AnyEventNamed) return matchesEventName(e.value.name, a.value, actual.label);
    if (e.value instanceof PartialEvent) return isThreadEvent(a.value) && e.value.isKindOf(a.value);
  }
  return e.kind === a.kind && expected.label === actual.label;
}

function rowOf(expected: Cell | undefined, actual: Cell | undefined): Row {
  if (expected === undefined) return { expected, actual, problems: ['not expected'] };
  if (actual === undefined) return { expected, actual, problems: ['missing'] };
  return { expected, actual, problems: compareFrames(expected.moment, actual.moment, actual.label) };
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
    if (wrong === MOST_WRONG) break;
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

function showCell({ moment, label }: Cell, timed: boolean): string {
  const { notification } = moment;
  const text = notification.kind === 'E' ? `# ${showValue(notification.error)}` : label;
  const cut = text.length <= WIDEST ? text : `${text.slice(0, WIDEST - 1)}…`;
  return timed ? `${`${String(moment.frame)}ms`.padStart(TIME_WIDTH - 2)}  ${cut}` : cut;
}
