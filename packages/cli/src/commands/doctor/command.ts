import { Command } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';

/** `codex-rx doctor`. */
export const doctorCommand = (start: Start) =>
  new Command('doctor')
    .summary('check the CLI, its home and the processes of earlier runs')
    .description('Checks the Codex CLI, its home and the processes of earlier runs, and says what to do.')
    .option('--json', 'print the result as JSON')
    .action((options) => {
      start(async (context) => (await import('./run.js')).doctor(options, context));
    });
