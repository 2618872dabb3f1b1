import { shellCommand } from '../../src/item/shell-command.js';

it.each([
  ["/bin/bash -lc 'npm test'", 'npm test'],
  ['/bin/bash -lc ls', 'ls'],
  ['zsh -c "echo \\"hi\\" \\$HOME"', 'echo "hi" $HOME'],
  [`bash -lc 'echo it'"'"'s'`, "echo it's"],
  [`'C:\\Windows\\powershell.exe' -Command 'node check.mjs'`, 'node check.mjs'],
  ["bash -lc 'one\ntwo'", 'one\ntwo'],
])('returns the command inside of the shell: %j', (line, script) => {
  expect(shellCommand({ command: line })).toBe(script);
});

it.each([
  ['another program', "git commit -m 'bash -lc x'"],
  ['more arguments', "bash -lc 'a' b"],
  ['another flag', 'bash script.sh now'],
  ['an open quote', "bash -lc 'a"],
  ['nothing', ''],
])('returns another command unchanged: %s', (_why, line) => {
  expect(shellCommand({ command: line })).toBe(line);
});

it.each([
  ['a long word', 'x'.repeat(5_000_000)],
  ['many escapes', '\\x'.repeat(5_000_000)],
  ['an open quote', `"${'\\x'.repeat(2_000_000)}`],
  ['many quotes', "'x'".repeat(1_000_000)],
  ['many words', 'word '.repeat(1_000_000)],
])('takes a hostile command: %s', (_why, line) => {
  expect(shellCommand({ command: line })).toBe(line);
});

it('returns a long script', () => {
  const script = 'echo \\"x\\"\n'.repeat(200_000);
  expect(shellCommand({ command: `bash -lc "${script}"` })).toBe('echo "x"\n'.repeat(200_000));
});
