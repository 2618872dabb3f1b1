/** How a page looks: pure data, so that the view is a pure function. */
export interface Style {
  /** Width of the terminal. */
  readonly columns: number;
  /** Height of the terminal. */
  readonly rows: number;
  /** Words instead of icons, and no colours: for a pipe, a file, or `NO_COLOR`. */
  readonly isPlain: boolean;
}

/** Only the terminal's own palette, and neither black nor white: dark and light terminals both show these well. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Colour = keyof typeof codes;

export function paint(style: Style, text: string, ...colours: readonly Colour[]): string {
  if (style.isPlain || text === '') return text;
  return colours.reduceRight((painted, colour) => {
    const [on, off] = codes[colour];
    return `\u001b[${String(on)}m${painted}\u001b[${String(off)}m`;
  }, text);
}

/** Longer lines than this are hard to read, however wide the terminal is. */
const widest = 110;
const narrowest = 40;

export function pageWidth({ columns }: Style): number {
  return Math.min(Math.max(columns, narrowest), widest);
}
