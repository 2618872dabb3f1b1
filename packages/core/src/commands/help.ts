import type { Observable } from 'rxjs';
import { RequestError } from '../errors/index.js';
import { checkList, checkOneOf } from '../request/checks.js';
import type { CommandOptions } from './command-options.js';
import type { Invocation } from './invocation.js';
import { runCommand$ } from './run-command.js';

const SCOPES = [
  'root',
  'exec',
  'features',
  'login',
  'app-server',
  'sandbox',
  'cloud',
  'mcp',
  'debug',
  'plugin',
] as const;

/** A command of the CLI that has a help page. */
export type HelpScope = (typeof SCOPES)[number];

/** The request of `help$`. */
export interface HelpOptions extends CommandOptions {
  /** A group of commands. Default `root`. */
  readonly scope?: HelpScope | undefined;
  /** A command of that group, word for word: `['exec', 'resume']`. */
  readonly command?: readonly string[] | undefined;
}

/**
 * Emits a page of the CLI's help, once.
 *
 * Errors with `ExitError` (`EXIT`, category `usage`) for a command that this version does not have.
 *
 * @example
 * ```ts
 * import { help$ } from '@codex-rx/core/commands';
 *
 * help$({ scope: 'exec', command: ['resume'] }).subscribe((text) => console.log(text));
 * ```
 */
export function help$(request: HelpOptions = {}): Observable<string> {
  return runCommand$(
    request,
    () => helpInvocation(request),
    ({ stdout }) => stdout,
  );
}

function helpInvocation({ scope = 'root', command = [] }: HelpOptions): Invocation {
  checkOneOf('scope', scope, SCOPES);
  checkList('command', command, checkName);
  return { args: [...(scope === 'root' ? [] : [scope]), 'help', ...command] };
}

function checkName(field: string, value: unknown): void {
  if (typeof value !== 'string' || !/^[A-Za-z0-9][\w-]*$/.test(value))
    throw new RequestError(field, 'is no name of a command: letters, digits, - and _ only.');
}
