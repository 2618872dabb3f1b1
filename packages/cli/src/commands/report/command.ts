import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';

/** `codex-rx report`. */
export const reportCommand = (start: Start) =>
  new Command('report')
    .summary('write a page that shows what a run did')
    .description(
      'Writes a report of runs to the standard output: one HTML page that needs no other file, or Markdown or JSON. ' +
        'Several runs get an index.',
    )
    .addArgument(
      new Argument(
        '<run...>',
        'logs, session files, ids, starts of ids or names of sessions, or - for the standard input',
      ),
    )
    .addOption(
      new Option('--format <format>', 'the format').choices(['html', 'md', 'json'] as const).default('html' as const),
    )
    .option('-o, --output <file>', 'write to a file')
    .option('--title <text>', 'the heading of a single run')
    .option('--home <folder>', 'the Codex home of the sessions; default: CODEX_HOME or ~/.codex')
    .addHelpText('after', '\nExample:\n  codex-rx report run.jsonl > run.html')
    .action((runs, options) => {
      start(async (context) => (await import('./run.js')).report({ runs, ...options }, context));
    });
