import { flagArgs } from './flag-args.js';
import type { AnyRunRequest, ReviewTarget } from './types.js';

/** The CLI reads the prompt from stdin. */
const PROMPT_ON_STDIN = '-';

/** Returns the arguments after the flags of `exec`: the subcommand, its flags and its positionals. */
export function subcommandArgs(request: AnyRunRequest): string[] {
  switch (request.command) {
    case 'resume':
      return typeof request.session === 'string'
        ? ['resume', ...positionals(request.session, PROMPT_ON_STDIN)]
        : ['resume', '--last', ...(request.session.all === true ? ['--all'] : []), PROMPT_ON_STDIN];
    case 'fork':
      return [
        'fork',
        ...positionals(...(request.prompt === undefined ? [request.session] : [request.session, PROMPT_ON_STDIN])),
      ];
    case 'review':
      return ['review', ...targetArgs(request.target)];
    default:
      return [PROMPT_ON_STDIN];
  }
}

function targetArgs(target: ReviewTarget): string[] {
  if ('uncommitted' in target) return ['--uncommitted'];
  if ('base' in target) return flagArgs('--base', target.base);
  if ('prompt' in target) return [PROMPT_ON_STDIN];
  return [...flagArgs('--commit', target.commit), ...flagArgs('--title', target.title)];
}

/** The CLI takes `-` as a value and any other word with a leading dash as a flag, unless it follows `--`. */
function positionals(...values: string[]): string[] {
  return values.some((value) => value !== PROMPT_ON_STDIN && value.startsWith('-')) ? ['--', ...values] : values;
}
