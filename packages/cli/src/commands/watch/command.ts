import { Command, Option } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';

/** `codex-rx watch`. */
export const watchCommand = (start: Start) =>
  new Command('watch')
    .summary('show a run of another program while it happens')
    .description(
      'Shows the timeline of a log or of a stored session, and continues while the file grows. The file need not ' +
        'exist yet, and may be rotated. Without an argument, you choose one of the latest sessions.',
    )
    .argument('[source]', 'a file, or the id, the start of the id or the name of a session')
    .option('--latest', 'the session that started last')
    .option('-C, --cwd <folder>', 'with --latest: only sessions that started in this folder')
    .option('--until-end', 'exit at the end of the turn')
    .option('--no-follow', 'show the content of the file, and exit')
    .addOption(new Option('--json', 'print the events as JSON lines instead of the timeline'))
    .addHelpText(
      'after',
      `
Examples:
  codex-rx watch --latest
  codex-rx watch ../run.jsonl
  codex-rx watch 01a20654 --no-follow

The end of a turn stands in a session file when the next turn starts or the session is closed.

Exit codes: 0 the file has ended, 1 it cannot be read, 2 wrong arguments, 130 ended by Ctrl-C.`,
    )
    .action((source, options) => {
      start(async (context) => (await import('./run.js')).watch({ source, ...options }, context));
    });
