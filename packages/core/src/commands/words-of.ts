/** Lines of a log, which some versions write beside their words. */
const log = /^\S+Z\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s|^warning:/i;

/** What a command says in words: its lines without blank ones and without those of its log. */
export function wordsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !log.test(line));
}
