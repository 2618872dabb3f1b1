/** Log lines, which some versions mix into their output. */
const LOG_LINE = /^\S+Z\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s|^warning:/i;

/** Returns the trimmed lines of an output, without blank lines and log lines. */
export function outputLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !LOG_LINE.test(line));
}
