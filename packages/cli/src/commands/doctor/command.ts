import { Command } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';

/** `codex-rx doctor`. */
export const doctorCommand = (start: Start) =>
  new Command('doctor')
    .summary('check the CLI, its home and the processes of earlier runs')
    .description(
      'Checks whether a run can start: the CLI, its version, the login, the home and its permissions. Lists the ' +
        'processes of runs whose program was killed. Says what to do.',
    )
    .option('--reap', 'end the processes of runs whose program was killed')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExit codes: 0 a run can start, 1 it cannot, 2 wrong arguments.')
    .action((options) => {
      start(async (context) => (await import('./run.js')).doctor(options, context));
    });
