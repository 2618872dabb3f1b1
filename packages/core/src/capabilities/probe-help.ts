import { expand, from, map, mergeMap, type Observable, reduce } from 'rxjs';
import type { CliCommands } from '../request/cli-surface.js';
import { type HelpPage, parseHelp } from './parse-help.js';
import { type FinishedStep, finished, probeStep$, type StepOptions, unfinished } from './probe-step.js';

/** Commands that no page lists. */
const HIDDEN_COMMANDS = ['execpolicy', 'responses-api-proxy', 'stdio-to-uds', 'generate-ts'];
/** Processes at the same time. */
const CONCURRENCY = 4;

interface Page extends FinishedStep<HelpPage> {
  readonly path: string;
}

/** The pages that have been read, without those of commands that this version does not have. */
interface Pages {
  readonly commands: CliCommands;
  readonly isTimedOut: boolean;
}

/** Reads every page of `codex help`, one process per command. A list without all pages would be wrong. */
export function probeHelp$(options: StepOptions): Observable<FinishedStep<CliCommands>> {
  return from(['', ...HIDDEN_COMMANDS]).pipe(
    mergeMap((path) => readPage$(path, options), CONCURRENCY),
    expand(
      ({ path, value }) =>
        from(value?.subcommands ?? []).pipe(
          mergeMap((name) => readPage$(path === '' ? name : `${path} ${name}`, options), 1),
        ),
      CONCURRENCY,
    ),
    reduce<Page, Pages>(addPage, { commands: {}, isTimedOut: false }),
    map(({ commands, isTimedOut }) =>
      isTimedOut ? unfinished('help', 'timeout') : finished('help', commands[''] === undefined ? undefined : commands),
    ),
  );
}

function addPage({ commands, isTimedOut }: Pages, { path, step, value }: Page): Pages {
  if (value === undefined) return { commands, isTimedOut: isTimedOut || step.outcome === 'timeout' };
  const { flags, args } = value;
  return { commands: { ...commands, [path]: { flags, args } }, isTimedOut };
}

function readPage$(path: string, options: StepOptions): Observable<Page> {
  const args = ['help', ...(path === '' ? [] : path.split(' '))];
  return probeStep$('help', args, options, (text) => parseHelp(path, text)).pipe(map((read) => ({ path, ...read })));
}
