import type { WriteStream } from 'node:tty';
import { width } from '../text/terminal-text.js';
import type { Style } from './view/style.js';

/** The output of a timeline. */
export interface Screen {
  /** The size of the page, and whether it is plain. */
  readonly style: Style;
  /** Whether lines can stand below the timeline and change. */
  readonly isLive: boolean;
  /** Adds lines to the timeline; `below` stands under them until the next call. */
  print(lines: readonly string[], below?: readonly string[]): void;
  /** Removes the lines below, and keeps all lines back until the returned function is called: for a question. */
  hold(): () => void;
  /** Removes the lines below. May be called at any time, also while the process exits. */
  close(): void;
}

/**
 * Opens a live screen on a terminal with colors, or one of plain lines. `NO_COLOR` makes it plain.
 *
 * @param output such as `process.stdout`
 * @returns a screen to close
 */
export function openScreen(output: NodeJS.WriteStream): Screen {
  return output.isTTY && output.hasColors() ? liveScreen(output) : plainScreen(output);
}

function plainScreen(output: NodeJS.WriteStream): Screen {
  return {
    style: { ...size(output), isPlain: true },
    isLive: false,
    print: (lines) => {
      if (lines.length > 0) output.write(`${lines.join('\n')}\n`);
    },
    // Plain lines do not move the cursor: a question between them stays where it is.
    hold: () => () => undefined,
    close: () => undefined,
  };
}

/** A pipe has no size, and a terminal may say 0. */
function size({ columns, rows }: NodeJS.WriteStream): Pick<Style, 'columns' | 'rows'> {
  return { columns: columns || 80, rows: rows || 24 };
}

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const eraseBelow = '\u001b[J';

function liveScreen(output: WriteStream): Screen {
  let below: readonly string[] = [];
  let isOpen = true;
  let holds = 0;
  let held: string[] = [];

  /** Moves back to the start of `below`. A terminal that became narrower has wrapped it since. */
  const back = (): string => {
    const { columns } = size(output);
    const rows = below.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
    return rows === 0 ? '' : `\u001b[${String(rows)}A\r${eraseBelow}`;
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    output.write(`${back()}${held.map((line) => `${line}\n`).join('')}${showCursor}`);
    below = [];
    held = [];
    holds = 0;
  };
  process.on('exit', close);
  output.write(hideCursor);

  return {
    get style() {
      return { ...size(output), isPlain: false };
    },
    isLive: true,
    print: (lines, under = []) => {
      if (!isOpen && under.length > 0) return;
      if (holds > 0) {
        held.push(...lines);
        return;
      }
      const text = [...lines, ...under].map((line) => `${line}\n`).join('');
      // One write: the terminal never shows a partial update.
      output.write(`${back()}${text}`);
      below = under;
    },
    hold: () => {
      if (holds === 0 && isOpen) output.write(`${back()}${showCursor}`);
      below = [];
      holds += 1;
      let isHeld = true;
      return () => {
        if (!isHeld || holds === 0) return;
        isHeld = false;
        holds -= 1;
        if (holds > 0) return;
        output.write(`${held.map((line) => `${line}\n`).join('')}${hideCursor}`);
        held = [];
      };
    },
    close,
  };
}
