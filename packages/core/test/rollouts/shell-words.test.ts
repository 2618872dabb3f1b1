import { spawnSync } from 'node:child_process';
import { fc, test as prop } from '@fast-check/jest';
import { joinWords } from '../../src/rollouts/mapping/shell-words.js';

describe('a command line', () => {
  // As the CLI shows them.
  it.each([
    [['echo', 'hi'], 'echo hi'],
    [['/bin/bash', '-lc', 'echo hi; exit 3'], "/bin/bash -lc 'echo hi; exit 3'"],
    [['bash', '-lc', "echo 'a'"], `bash -lc "echo 'a'"`],
    [
      ['/bin/bash', '-lc', 'echo "naïve ☃ $(printf "\\U1F600")"'],
      `/bin/bash -lc 'echo "naïve ☃ $(printf "'"\\\\U1F600\\")\\""`,
    ],
    [
      ['/bin/bash', '-lc', `node -e "process.exit(require('./calc.js').add(1,2)===3?0:1)" && echo ok`],
      `/bin/bash -lc "node -e \\"process.exit(require('./calc.js').add(1,2)===3?0:1)\\" && echo ok"`,
    ],
    [[''], "''"],
  ])('of %j is %s', (words, line) => {
    expect(joinWords(words)).toBe(line);
  });

  prop.prop([fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 5 })], {
    numRuns: 60,
  })('means its words to a shell', (texts) => {
    const words = texts.map((text) => text.replaceAll('\0', ''));
    const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${joinWords(words)}`], { encoding: 'utf8' });
    expect(stdout).toBe(words.map((word) => `${word}\0`).join(''));
  });

  prop.prop([fc.array(fc.constantFrom("'", '"', '\\', '$', '`', '^', '!', 'a', ' ', 'é'), { maxLength: 12 })], {
    numRuns: 60,
  })('means its words also where every character is special', (characters) => {
    const word = characters.join('');
    const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${joinWords([word])}`], { encoding: 'utf8' });
    expect(stdout).toBe(`${word}\0`);
  });
});
