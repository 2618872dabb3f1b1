import type { Context } from './command/context.js';
import { execute } from './program/execute.js';
import { listenForStop } from './terminal/stop-signals.js';

/** Runs the program and sets the exit code of the process. */
export async function main(args: readonly string[], version: string): Promise<void> {
  using stop = listenForStop(process.stdout);
  const { stdin, stdout, stderr, env } = process;
  const context: Context = { stdin, stdout, stderr, env, cwd: process.cwd(), signal: stop.signal };
  const code = await execute(args, version, context);
  process.exitCode = stop.exitCode() ?? code;
}
