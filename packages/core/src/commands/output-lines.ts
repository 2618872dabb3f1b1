/** Lines of a log, which some versions write beside their words. */
const LOG_LINE = /^\S+Z\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s|^warning:/i;

/** What a command says in words: its lines without blank ones and without those of its log. */
export function outputLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !LOG_LINE.test(line));
}
