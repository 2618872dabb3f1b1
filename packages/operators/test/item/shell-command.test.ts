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
