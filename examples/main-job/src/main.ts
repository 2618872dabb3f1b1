import { snapshots } from '@codex-rx/operators';
import { finalize, lastValueFrom, map, tap } from 'rxjs';
import { explain } from './explain.js';
import { help, type Options, parseOptions, UsageError } from './options.js';
import { type Outcome, outcome, type Verdict, verdict } from './outcome.js';
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
    if (stop.signal.aborted) return exitCode('stopped', stop);
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
      map(({ snapshot }) => snapshot),
      outcome(),
      finalize(() => {
        screen.close();
      }),
    ),
  );
  const { snapshot } = ended;
  const summary = {
    verdict: verdict(ended, stop.signal.aborted),
    reasons: stop.signal.aborted ? [] : reasons(ended),
    snapshot,
    time: performance.now() - start,
    diff: folder === undefined || snapshot === undefined ? '' : await diffOf(folder, snapshot.files),
    folder,
  };
  screen.print(summaryLines(summary, screen.style));
  return exitCode(summary.verdict, stop);
}

/** Events on standard output, and what went wrong on standard error. */
async function showJson({ events$ }: Run, stop: StopSignals): Promise<number> {
  const ended = await lastValueFrom(
    events$.pipe(
      tap((event) => process.stdout.write(`${JSON.stringify(event)}\n`)),
      snapshots(),
      outcome(),
    ),
  );
  if (!stop.signal.aborted) for (const reason of reasons(ended)) console.error(reason);
  return exitCode(verdict(ended, stop.signal.aborted), stop);
}

function reasons({ error }: Outcome): readonly string[] {
  return error === undefined ? [] : explain(error);
}

function exitCode(result: Verdict, stop: StopSignals): number {
  return result === 'completed' ? 0 : (stop.exitCode() ?? 1);
}
