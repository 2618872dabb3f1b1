import { EMPTY, expand, from, map, mergeMap, type Observable, of, reduce, timeout } from 'rxjs';
import type { CommandOptions } from '../commands/command-options.js';
import type { CliCommands } from '../request/cli-surface.js';
import { type HelpPage, parseHelp } from './parse-help.js';
import { type FinishedStep, finished, probeStep$, unfinished } from './probe-step.js';

/** Commands that no page lists. */
const HIDDEN_COMMANDS = ['execpolicy', 'responses-api-proxy', 'stdio-to-uds', 'generate-ts'];
/** Processes at the same time. */
const CONCURRENCY = 4;

interface Page {
  readonly path: string;
  readonly page: HelpPage;
}

/** Reads every page of `codex help`, one process per command. All pages together have the time of one step. */
export function probeHelp$(options: CommandOptions, limit: number): Observable<FinishedStep<CliCommands>> {
  return from(['', ...HIDDEN_COMMANDS]).pipe(
    mergeMap((path) => readPage$(path, options), CONCURRENCY),
    expand(
      ({ path, page }) =>
        from(page.subcommands).pipe(mergeMap((name) => readPage$(path === '' ? name : `${path} ${name}`, options), 1)),
      CONCURRENCY,
    ),
    reduce<Page, CliCommands>((commands, { path, page }) => {
      const { flags, args } = page;
      return { ...commands, [path]: { flags, args } };
    }, {}),
    map((commands) => finished('help', commands[''] === undefined ? undefined : commands)),
    timeout({ first: limit, with: () => of(unfinished('help', 'timeout')) }),
  );
}

/** Emits nothing for a command that this version does not have. */
function readPage$(path: string, options: CommandOptions): Observable<Page> {
  const args = ['help', ...(path === '' ? [] : path.split(' '))];
  return probeStep$('help', args, options, (text) => parseHelp(path, text)).pipe(
    mergeMap(({ value }) => (value === undefined ? EMPTY : of({ path, page: value }))),
  );
}
