import type { CommandCoverage, Coverage } from './types.js';

/** Words of a command: `--json=exec$ --model=model PROMPT`. A word without a name is covered as its command. */
interface Words {
  readonly explicit?: string;
  readonly passThrough?: string;
  readonly unsupported?: string;
}

/** Every command accepts these flags. */
const COMMON = '--config=config --enable=enable --disable=disable --help=help$';

/** A command with a function of its own. */
export function explicit(path: string, by: string, words: Words = {}, passThroughBy = 'command$'): CommandCoverage {
  return build(path, { level: 'explicit', by }, words, passThroughBy);
}

/** Commands that only `command$` runs. */
export function passThrough(path: string, words = ''): CommandCoverage {
  return build(path, { level: 'pass-through', by: 'command$' }, { passThrough: words }, 'command$');
}

/** A command that cannot be run, or should not. */
export function unsupported(path: string, reason: string, words = ''): CommandCoverage {
  return build(path, { level: 'unsupported', by: undefined, reason }, { unsupported: words }, 'command$');
}

function build(path: string, own: Coverage, words: Words, passThroughBy: string): CommandCoverage {
  const reason = own.reason ?? 'It needs a terminal, or another option has the effect.';
  const entries = [
    ...parse(COMMON, (by) => ({ level: 'explicit', by })),
    ...parse(words.explicit, (by) => ({ level: 'explicit', by: by ?? own.by })),
    ...parse(words.passThrough, (by) => ({ level: 'pass-through', by: by ?? passThroughBy })),
    ...parse(words.unsupported, (by) => ({ level: 'unsupported', by: undefined, reason: by ?? reason })),
  ];
  const isFlag = ([word]: readonly [string, Coverage]): boolean => word.startsWith('--');
  return {
    path,
    ...own,
    flags: Object.fromEntries(entries.filter(isFlag)),
    args: Object.fromEntries(entries.filter((entry) => !isFlag(entry))),
  };
}

function parse(
  words: string | undefined,
  toCoverage: (by: string | undefined) => Coverage,
): (readonly [string, Coverage])[] {
  return (words ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [name = '', by] = word.split('=');
      return [name, toCoverage(by)] as const;
    });
}
