import { resolve } from 'node:path';
import { parseOptions, UsageError } from '../src/options.js';
import { newest } from '../src/sources/sample.js';

const folder = resolve('/here');

it.each([
  [[], { mode: 'scripted', transport: 'exec', isJson: false }],
  [['--json'], { mode: 'scripted', transport: 'exec', isJson: true }],
  [['--transport', 'app-server'], { mode: 'scripted', transport: 'app-server', isJson: false }],
  [['--help', '--json'], { mode: 'help' }],
  [['--samples'], { mode: 'samples' }],
  [['--sample', 'everything', '--json'], { mode: 'sample', name: 'everything', isJson: true }],
  [
    ['--live', 'Do it'],
    { mode: 'live', prompt: 'Do it', folder, sandbox: undefined, transport: 'exec', isJson: false },
  ],
  [
    ['--live', 'Do it', '--cd', 'there', '--sandbox', 'read-only'],
    {
      mode: 'live',
      prompt: 'Do it',
      folder: resolve('/here/there'),
      sandbox: 'read-only',
      transport: 'exec',
      isJson: false,
    },
  ],
])('reads %j', (args, options) => {
  expect(parseOptions(args, folder)).toEqual(options);
});

it.each([
  [['--nope'], '--nope'],
  [['word'], 'word'],
  [['--live'], '--live'],
  [['--live', ' '], '--live needs a prompt'],
  [['--sample', ''], '--sample needs a name'],
  [['--live', 'a', '--sample', 'b'], 'exclude each other'],
  [['--transport', 'tcp'], 'not "tcp"'],
  [['--cd', 'a'], '--cd goes with --live'],
  [['--sandbox', 'read-only'], '--sandbox goes with --live'],
  [['--live', 'a', '--sandbox', 'none'], 'not "none"'],
])('refuses %j and says why', (args, why) => {
  expect(() => parseOptions(args, folder)).toThrow(UsageError);
  expect(() => parseOptions(args, folder)).toThrow(why);
});

describe('the name of a sample', () => {
  const names = ['0.125.0/plain', '0.44.0/plain', '0.44.0/old'];

  it('may be the whole one', () => {
    expect(newest('0.44.0/plain', names)).toBe('0.44.0/plain');
  });

  it('may be the case alone: then it is that of the newest CLI', () => {
    expect(newest('plain', names)).toBe('0.125.0/plain');
    expect(newest('old', names)).toBe('0.44.0/old');
  });

  it('may be wrong', () => {
    expect(newest('0.44.0', names)).toBeUndefined();
  });
});
