const escape = '\u001b\\[';

const controls = new RegExp(`(${escape}[?\\d]*[A-Za-z]|\\r|\\n)`);
const cursorUp = new RegExp(`^${escape}(\\d+)A$`);

/** As much of a terminal as the view needs: what stands on it, and whether its cursor shows. */
export class Terminal {
  readonly isTTY = true;
  columns = 80;
  rows = 24;
  depth = 8;
  isCursorShown = true;
  writes = 0;
  #lines: string[] = [''];
  #row = 0;

  get shown(): readonly string[] {
    return this.#lines.slice(0, -1);
  }

  hasColors(): boolean {
    return this.depth > 1;
  }

  write(text: string): boolean {
    this.writes += 1;
    for (const part of text.split(controls)) this.#take(part);
    return true;
  }

  /** The terminal becomes this wide, and wraps what stands on it. */
  resize(columns: number): void {
    this.columns = columns;
    const wrapped = this.#lines.flatMap((line) => line.match(new RegExp(`.{1,${String(columns)}}`, 'gu')) ?? ['']);
    this.#row += wrapped.length - this.#lines.length;
    this.#lines = wrapped;
  }

  #take(part: string): void {
    const up = cursorUp.exec(part)?.[1];
    if (up !== undefined) this.#row = Math.max(0, this.#row - Number(up));
    else if (part === '\u001b[J') this.#lines = [...this.#lines.slice(0, this.#row), ''];
    else if (part === '\u001b[?25l') this.isCursorShown = false;
    else if (part === '\u001b[?25h') this.isCursorShown = true;
    else if (part === '\n') {
      this.#row += 1;
      this.#lines[this.#row] ??= '';
    } else if (part !== '\r') this.#lines[this.#row] = `${this.#lines[this.#row] ?? ''}${part}`;
  }

  /** Where a program expects its standard output. */
  get output(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }
}
