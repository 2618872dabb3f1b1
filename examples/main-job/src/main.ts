import { isCodexError } from '@codex-rx/core';
import { explain, listenForStop, type RunView, type StopSignals, showRun, writeEvents } from 'codex-rx/terminal';
import { help, type Options, parseOptions, UsageError } from './options.js';
import { withLiveRun } from './sources/live.js';
import type { WithRun } from './sources/run.js';
import { sampleNames, withSampleRun } from './sources/sample.js';
import { withScriptedRun } from './sources/scripted.js';

/** Does what the command line asks for. Answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  using stop = listenForStop(process.stdout);
  try {
    // npm runs scripts in the folder of the package, and says where the user is.
    const options = parseOptions(args, process.env.INIT_CWD ?? process.cwd());
    if (options.mode === 'help') return print(help);
    if (options.mode === 'samples') return print(`${sampleNames().join('\n')}\n`);
    const show = options.isJson ? showJson : showLive;
    return await runOf(options)(stop.signal, (run) => show(run, stop));
  } catch (error) {
    // Ctrl-C in a terminal ends every process of the job, such as a `git` that was at work.
    if (stop.signal.aborted) return stop.exitCode() ?? 1;
    console.error(reasons(error).join('\n'));
    if (!(error instanceof UsageError)) return 1;
    console.error('npm start -- --help explains the options.');
    return 2;
  }
}

function runOf(options: Extract<Options, { isJson: boolean }>): WithRun {
  switch (options.mode) {
    case 'scripted':
      return withScriptedRun(options.transport);
    case 'live':
      return withLiveRun(options);
    case 'sample':
      return withSampleRun(options.name);
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** The timeline, then the summary. */
async function showLive(run: RunView, stop: StopSignals): Promise<number> {
  const shown = await showRun({ ...run, explain: reasons }, { signal: stop.signal });
  return shown.verdict === 'completed' ? 0 : (stop.exitCode() ?? 1);
}

/** Events on standard output, and what went wrong on standard error. */
async function showJson({ events$ }: RunView, stop: StopSignals): Promise<number> {
  const { stdout, stderr } = process;
  const written = await writeEvents(events$, { output: stdout, errors: stderr, signal: stop.signal, explain: reasons });
  return written.verdict === 'completed' ? 0 : (stop.exitCode() ?? 1);
}

function reasons(error: unknown): readonly string[] {
  const sample = 'A recorded run needs no CLI: npm start -- --sample everything';
  return isCodexError(error, 'BINARY_NOT_FOUND') ? [...explain(error), sample] : explain(error);
}
