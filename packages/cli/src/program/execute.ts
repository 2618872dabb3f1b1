import { CommanderError } from '@commander-js/extra-typings';
import type { Context } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { UsageError } from '../command/usage-error.js';
import { createProgram } from './program.js';

/** Runs a command line and returns its exit code. Writes the reason of a failure to the standard error. */
export async function execute(args: readonly string[], version: string, context: Context): Promise<number> {
  let work: ((context: Context) => Promise<number>) | undefined;
  const program = createProgram(
    version,
    (chosen) => {
      work = chosen;
    },
    context,
  );
  try {
    if (args.length === 0) program.outputHelp();
    else program.parse(args, { from: 'user' });
    return (await work?.(context)) ?? EXIT.ok;
  } catch (error) {
    // The parser has printed its message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (context.signal.aborted) return EXIT.failed;
    const [{ explain }, { clean }] = await Promise.all([
      import('../terminal/explain.js'),
      import('../text/terminal-text.js'),
    ]);
    context.stderr.write(`${clean(explain(error).join('\n'))}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}
