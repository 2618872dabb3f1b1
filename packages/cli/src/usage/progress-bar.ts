import type { UsageProgress } from './collect-usage.js';

const INTERVAL_MS = 100;
const BAR_COLUMNS = 30;
const CLEAR_LINE = '\r\u001b[2K';

/** Shows the progress of reading on a terminal. */
export interface ProgressBar {
  readonly update: (progress: UsageProgress) => void;
  /** Removes the bar. */
  readonly end: () => void;
}

/** Creates a bar, which writes nothing if the output is not a terminal, or within the first 100 ms. */
export function createProgressBar(output: NodeJS.WriteStream, now: () => number = Date.now): ProgressBar {
  let shown = false;
  let last = now();
  return {
    update(progress) {
      if (!output.isTTY || now() - last < INTERVAL_MS) return;
      last = now();
      shown = true;
      output.write(CLEAR_LINE + renderProgress(progress));
    },
    end() {
      if (shown) output.write(CLEAR_LINE);
    },
  };
}

/** Returns the bar as text. */
export function renderProgress({ files, allFiles, bytes, allBytes }: UsageProgress): string {
  const share = allBytes === 0 ? 1 : Math.min(1, bytes / allBytes);
  const full = Math.round(share * BAR_COLUMNS);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full);
  return `${bar} ${Math.floor(share * 100)} %  ${files} of ${allFiles} sessions`;
}
