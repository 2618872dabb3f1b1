// Texts of the agent, the CLI and the model must not control the terminal that shows an error.
import { answer, attack, expect, folder, on, shellCli } from '../lib/attack.mjs';

const EVIL = 'a\u001b]0;title\u0007b\u001b[2Jc\u009b31md\u202ee\u2066f\u0000g\u0008h\u007fi';
// eslint-disable-next-line no-control-regex -- what must not be printed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/;

async function printed(script, expression, args = {}) {
  const code = `const result = await (${expression}); say([String(result), result?.message ?? '']); process.exit(0);`;
  const env = { EVIL_JSON: JSON.stringify(EVIL).slice(1, -1) };
  const said = await answer(code, {
    args: { binary: shellCli(script), workingDirectory: folder('workspace'), ...args },
    env,
  });
  expect(said[1] !== '', 'no error');
  const found = CONTROLS.exec(said[0]);
  expect(found === null, `String(error) contains U+${found?.[0].codePointAt(0).toString(16).padStart(4, '0')}`);
}

const RUN = `collect(exec$({ binary, prompt: 'x', workingDirectory, timeout: 4000, terminateGrace: 100 }))`;
const STRICT = RUN.replace('timeout', 'strict: true, timeout');
const START = 'cat > /dev/null; thread; turn;';
const RAW = `printf 'Error: a\\033]0;title\\007b\\033[2Jc\\342\\200\\256d\\000e\\302\\2331m\\n'`;

await attack(on.posix, {
  'standard error of a run': () => printed(`cat > /dev/null; ${RAW} >&2; exit 1`, RUN),
  'the message of turn.failed': () =>
    printed(`${START} printf '{"type":"turn.failed","error":{"message":"%s"}}\\n' "$EVIL_JSON"; exit 1`, RUN),
  'an error event': () => printed(`${START} printf '{"type":"error","message":"%s"}\\n' "$EVIL_JSON"; exit 1`, RUN),
  'a line that is not JSON, strict': () => printed(`${START} ${RAW}; sleep 1`, STRICT),
  'an unknown type, strict': () => printed(`${START} printf '{"type":"%s"}\\n' "$EVIL_JSON"; sleep 1`, STRICT),
  'a thread of another id': () =>
    printed(
      `cat > /dev/null; printf '{"type":"thread.started","thread_id":"%s"}\\n' "$EVIL_JSON"; sleep 1`,
      `collect(core.resume$({ session: '01a205c4-69f5-7682-91b9-0f9fa5d429a8', binary, prompt: 'x', workingDirectory, timeout: 4000, terminateGrace: 100 }))`,
    ),
  'standard error of a command': () => printed(`${RAW} >&2; exit 1`, 'collect(commands.mcpList$({ binary }))'),
  'output of a command that cannot be parsed': () => printed(`${RAW}`, 'collect(commands.features$({ binary }))'),
  'options of the program': () =>
    printed(START, `collect(exec$({ binary, prompt: 'x', workingDirectory: '/none' + evil }))`, {
      evil: EVIL.replaceAll('\u0000', ''),
    }),
});
