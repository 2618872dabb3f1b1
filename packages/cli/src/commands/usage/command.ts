import { Command, Option } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';

/** `codex-rx usage`. */
export const usageCommand = (start: Start) =>
  new Command('usage')
    .summary('sum up tokens and cost')
    .description(
      'Sums up the tokens and the cost of the stored sessions of a Codex home. Counts the history that a fork or a ' +
        'sub-agent inherits once. Reads only local files.',
    )
    .option('--by <list>', 'group by day, week, month, model, project or session, or several with commas', 'day')
    .option('--since <day>', 'the first day, such as 2026-11-30')
    .option('--until <day>', 'the last day')
    .option('--timezone <name>', 'the time zone of the days, such as Europe/Berlin; default: that of the system')
    .option('--home <folder>', 'the Codex home; default: CODEX_HOME or ~/.codex')
    .option('--provider <id>', 'price the models of unknown providers, such as gateways, as those of this one')
    .option('--json', 'print the result as JSON')
    .addOption(new Option('--offline', 'use no network, which is always so; for scripts of similar programs'))
    .action((options) => {
      start(async (context) => (await import('./run.js')).usage(options, context));
    });
