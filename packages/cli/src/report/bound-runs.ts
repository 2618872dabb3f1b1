import { cutText } from '../text/cut-text.js';
import { mapTexts } from '../text/map-texts.js';
import type { RunReport } from './run-report.js';

/** The bounds of a report, in characters. */
export interface ReportBounds {
  /** Of one text. */
  readonly text: number;
  /** Of all texts of all runs. After these, each text keeps its start and end. */
  readonly all: number;
}

const BOUNDS: ReportBounds = { text: 64 * 1024, all: 16 * 1024 * 1024 };
/** The length of a text once the report is full. */
const FULL_TEXT_CHARS = 512;

/**
 * Returns the runs with every text cut to the bounds, with a note, wherever it is in a run. The texts above the turns
 * come first. Raw events are bounded when they are collected.
 */
export function boundRuns(runs: readonly RunReport[], bounds: ReportBounds = BOUNDS): readonly RunReport[] {
  let left = bounds.all;
  const take = (text: string): string => {
    const shown = cutText(text, Math.max(FULL_TEXT_CHARS, Math.min(bounds.text, left)));
    left -= shown.length;
    return shown;
  };
  return runs.map(({ events, turns, ...facts }) => ({
    ...mapTexts(facts, take),
    turns: mapTexts(turns, take),
    events,
  }));
}
