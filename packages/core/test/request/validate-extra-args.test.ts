import { execFileSync } from 'node:child_process';
import { resolveBinary } from '../../src/binary/resolve.js';
import { validateRequest } from '../../src/request/validate.js';

const check =
  (...extraArgs: string[]) =>
  () => {
    validateRequest({ prompt: 'p', extraArgs });
  };

describe('extraArgs', () => {
  it('accepts flags without an option, with and without a value', () => {
    expect(check('--dangerously-bypass-hook-trust', '--new-flag=a value', '--other=')).not.toThrow();
  });

  it.each(['word', '-', '--', '', '-x', '-cx=1', 'resume', '--flag value', '--=x', '---', '--a\n', '--a=\0', ' --a'])(
    'rejects %j, which is not one flag',
    (word) => {
      expect(check('--ok', word)).toThrow(
        expect.objectContaining({ code: 'REQUEST_INVALID', field: 'extraArgs[1]' }) as Error,
      );
    },
  );

  it.each(['--token=abcdefgh', '--api-key=abcdefgh', '--url=https://user:password@host', '--x=Bearer abcdefgh'])(
    'rejects the secret of %j',
    (word) => {
      expect(check(word)).toThrow(/secret/);
    },
  );

  it.each(['--yolo', '--full-auto', '--experimental-json', '--last', '--base=main', '--MODEL=x'])(
    'rejects %s, which an option sets',
    (word) => {
      expect(check(word)).toThrow(/must not be .* Use /);
    },
  );

  it('rejects every flag of the CLI that an option sets', () => {
    const help = ['exec', 'resume', 'review'].map((command) =>
      execFileSync(resolveBinary(), [...new Set(['exec', command]), '--help'], { encoding: 'utf8' }),
    );
    const flags = new Set(
      help.flatMap((text) => Array.from(text.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm), ([, flag]) => flag)),
    );
    const accepted = [...flags].filter((flag) => flag !== undefined && !reason(`${flag}=x`).includes('must not be'));
    expect(accepted).toEqual(['--dangerously-bypass-hook-trust']);
  });
});

function reason(word: string): string {
  try {
    check(word)();
    return '';
  } catch (error) {
    return String(error);
  }
}
