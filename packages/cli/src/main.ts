import { CommanderError } from '@commander-js/extra-typings';
import type { Context } from './command/context.js';
import { EXIT } from './command/exit-codes.js';
import { UsageError } from './command/usage-error.js';
import { createProgram } from './program/program.js';
import { listenForStop } from './terminal/stop-signals.js';

/** Runs the program and sets the exit code of the process. */
export async function main(args: readonly string[], version: string): Promise<void> {
  using stop = listenForStop(process.stdout);
  const { stdin, stdout, stderr, env } = process;
  const context: Context = { stdin, stdout, stderr, env, cwd: process.cwd(), signal: stop.signal };
  const code = await execute(args, version, context);
  process.exitCode = stop.exitCode() ?? code;
}

async function execute(args: readonly string[], version: string, context: Context): Promise<number> {
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
      import('./terminal/explain.js'),
      import('./terminal/view/text.js'),
    ]);
    context.stderr.write(`${clean(explain(error).join('\n'))}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}
