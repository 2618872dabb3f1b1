import { finalize, lastValueFrom, tap } from 'rxjs';
import { explain } from './explain.js';
import { help, type Options, parseOptions, UsageError } from './options.js';
import { outcome, verdict } from './outcome.js';
import { openScreen } from './screen.js';
import { withLiveRun } from './sources/live.js';
import type { Run, WithRun } from './sources/run.js';
import { sampleNames, withSampleRun } from './sources/sample.js';
import { withScriptedRun } from './sources/scripted.js';
import { listenForStop, type StopSignals } from './stop-signals.js';
import { diffOf } from './task/git.js';
import { headLines } from './view/head.js';
import { summaryLines } from './view/summary.js';
import { watch$ } from './watch.js';

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
    if (stop.signal.aborted) return exitCode(false, stop);
    console.error(explain(error).join('\n'));
    if (!(error instanceof UsageError)) return 1;
    console.error('npm start -- --help explains the options.');
    return 2;
  }
}

function runOf(options: Extract<Options, { isJson: boolean }>): WithRun {
  switch (options.mode) {
    case 'scripted':
      return withScriptedRun;
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
async function showLive({ head, events$, folder }: Run, stop: StopSignals): Promise<number> {
  const screen = openScreen(process.stdout);
  const start = performance.now();
  screen.print(headLines(head, screen.style));
  const ended = await lastValueFrom(
    watch$(events$, screen, { folder, signal: stop.signal }).pipe(
      outcome(),
      finalize(() => {
        screen.close();
      }),
    ),
  );
  const result = verdict(ended, stop.signal.aborted);
  const snapshot = ended.last?.snapshot;
  const summary = {
    verdict: result,
    reasons: ended.error === undefined || result === 'stopped' ? [] : explain(ended.error),
    snapshot,
    time: performance.now() - start,
    diff: folder === undefined || snapshot === undefined ? '' : await diffOf(folder, snapshot.files),
    folder,
  };
  screen.print(summaryLines(summary, screen.style));
  return exitCode(result === 'completed', stop);
}

/** Events on standard output, and what went wrong on standard error. */
async function showJson({ events$ }: Run, stop: StopSignals): Promise<number> {
  try {
    await lastValueFrom(events$.pipe(tap((event) => process.stdout.write(`${JSON.stringify(event)}\n`))), {
      defaultValue: undefined,
    });
    return exitCode(true, stop);
  } catch (error) {
    if (!stop.signal.aborted) console.error(explain(error).join('\n'));
    return exitCode(false, stop);
  }
}

function exitCode(isCompleted: boolean, stop: StopSignals): number {
  return isCompleted ? 0 : (stop.exitCode() ?? 1);
}
