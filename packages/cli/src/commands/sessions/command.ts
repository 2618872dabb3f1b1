import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';

/** `codex-rx sessions`. */
export const sessionsCommand = (start: Start) =>
  new Command('sessions')
    .summary('list and find stored sessions')
    .description(
      'Lists the sessions of the Codex home (CODEX_HOME, else ~/.codex), the latest first. With a text, only those ' +
        'whose id, name, folder or first prompt contains it.',
    )
    .argument('[text]', 'a part of the id, the name, the folder or the first prompt')
    .option('-C, --cwd <folder>', 'only sessions that started in this folder')
    .option('-n, --limit <count>', 'at most this many sessions; 0: all', parseCount, 20)
    .option('--all', 'also archived sessions, and those of sub-agents and reviews')
    .option('--json', 'print one JSON object per line')
    .addHelpText(
      'after',
      `
Examples:
  codex-rx sessions
  codex-rx sessions "failing test" --cwd .
  codex-rx sessions --limit 0 --json | jq -r .path

Exit codes: 0 done, 1 no session matches, 2 wrong arguments.`,
    )
    .action((text, options) => {
      start(async (context) => (await import('./run.js')).listSessions({ text, ...options }, context));
    });

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a number such as 20, or 0 for all.');
  return Number(text);
}
