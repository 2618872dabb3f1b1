import { formatNumber } from './format.js';

const MAX_TEXT_CHARS = 64 * 1024;
const MAX_ALL_CHARS = 16 * 1024 * 1024;
/** The length of a text once the report is full. */
const MIN_TEXT_CHARS = 512;

/** Bounds the size of a report: cuts the middle of long texts, and of all texts once the report is full. */
export class TextBudget {
  #left: number;
  readonly #max: number;

  /**
   * @param max the number of characters of one text
   * @param all the number of characters of all texts
   */
  constructor(max = MAX_TEXT_CHARS, all = MAX_ALL_CHARS) {
    this.#max = max;
    this.#left = all;
  }

  /** Returns the text, or its start and end with a note between them. */
  take(text: string): string {
    const limit = Math.max(MIN_TEXT_CHARS, Math.min(this.#max, this.#left));
    const shown = text.length <= limit ? text : cutMiddle(text, limit);
    this.#left -= shown.length;
    return shown;
  }
}

function cutMiddle(text: string, limit: number): string {
  const head = Math.floor(limit / 2);
  const tail = limit - head;
  const omitted = text.length - head - tail;
  return `${text.slice(0, head)}\n[… ${formatNumber(omitted)} characters left out …]\n${text.slice(text.length - tail)}`;
}
