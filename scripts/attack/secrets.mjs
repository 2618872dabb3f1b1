// Where the value of a secret variable of the environment comes out: arguments, errors, outputs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, shellCli } from '../lib/attack.mjs';

const SECRET = 'hunter2hunter2';
const QUOTED = 'hunt"er2\\hunter2';
const PEM = '-----BEGIN KEY-----\nMIIabcdefghijk\n-----END KEY-----';
const ENV = {
  MY_API_KEY: SECRET,
  DB_PASSWORD: QUOTED,
  TLS_KEY: PEM,
  X_TOKEN: ' hunter2 trailing ',
  VAULT_SECRET_ID: 'vault-secret-1',
  SSHPASS: 'ssh-pass-word-2',
  MYSQL_PWD: 'mysql-pass-word-3',
  SLACK_WEBHOOK_URL: 'https://hooks.example/T0/B0/aaaabbbb',
  DB_CONNECTION_STRING: 'Server=x;Password=pw-4-pw-4',
};
const FORMS = [SECRET, QUOTED, 'MIIabcdefghijk', 'hunt\\"er2', 'hunter2 trailing', ...Object.values(ENV).slice(4)];

const SHOWN = `const { inspect } = await import('node:util');
  const textOf = (value) => [inspect(value, { depth: 20, maxStringLength: null, maxArrayLength: null, showHidden: true }), String(value), JSON.stringify(value) ?? '', value?.stack ?? '', inspect(value?.cause, { depth: 20, showHidden: true })].join('\\n');`;

/** An operation whose arguments are looked at. The error must not show a value either. */
async function inArguments(expression) {
  const file = join(folder('arguments'), 'argv');
  const binary = shellCli(`tr '\\0' ' ' < /proc/$$/cmdline > ${file}; cat > /dev/null; thread; turn; done_`);
  const code = `${SHOWN} const result = await collect(${expression}); say([result?.code ?? 'ran', textOf(result)]);`;
  const [how, text] = await answer(code, {
    args: { binary, env: ENV, workingDirectory: folder('workspace'), SECRET, QUOTED, PEM },
  });
  const argv = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const form of FORMS) expect(!argv.includes(form), `an argument contains ${JSON.stringify(form)}`);
  for (const form of FORMS) expect(!text.includes(form), `the result (${how}) contains ${JSON.stringify(form)}`);
  return how;
}

/** An operation whose CLI prints secrets. */
async function inOutput(script, expression, forms = FORMS, mustFail = true) {
  const binary = shellCli(`cat > /dev/null; ${script}`);
  const code = `${SHOWN} const result = await collect(${expression}); say([result instanceof Error ? result.code ?? 'untyped' : 'ran', textOf(result)]);`;
  const [how, text] = await answer(code, { args: { binary, env: ENV } });
  expect(!mustFail || how !== 'ran', 'there was no error');
  for (const form of forms) expect(!text.includes(form), `the result (${how}) contains ${JSON.stringify(form)}`);
  return how;
}

const exec = (more) => `exec$({ binary, env, prompt: 'x', workingDirectory, ${more} })`;
const RUN = `exec$({ binary, env, prompt: 'x', timeout: 3000, terminateGrace: 200 })`;
const FAIL = 'echo "cannot read $MY_API_KEY" >&2; echo "nor $MY_API_KEY"; exit 3';
const START = 'thread; turn;';

const options = {
  'a config value': 'config: { x: SECRET }',
  'a config value below a key with a dash': `config: { '-x': SECRET }`,
  'configOverrides with a dash': 'configOverrides: [`-x=${SECRET}`]',
  'a config value with quotes': 'config: { x: QUOTED }',
  'a config value of several lines': 'config: { x: PEM }',
  'a part of a config value': 'config: { x: `a ${SECRET} b` }',
  'a nested config value': 'config: { x: [{ y: SECRET }] }',
  'a config key': 'config: { [SECRET]: 1 }',
  model: 'model: SECRET',
  profile: 'profile: SECRET',
  addDirs: 'addDirs: [`/tmp/${SECRET}`]',
  'reasoning.effort': 'reasoning: { effort: SECRET }',
  localProvider: 'localProvider: SECRET',
  sandbox: 'sandbox: SECRET',
};

await attack(on.linux, {
  ...Object.fromEntries(
    Object.entries(options).map(([name, more]) => [`argument: ${name}`, () => inArguments(exec(more))]),
  ),
  'argument: words of command$': () =>
    inArguments(`commands.command$({ binary, env, args: ['foo', SECRET], workingDirectory })`),
  'argument: words of sandbox$': () =>
    inArguments(`commands.sandbox$({ binary, env, command: ['echo', SECRET], workingDirectory })`),
  'argument: the prompt of debug$': () =>
    inArguments('commands.debug$({ binary, env, topic: "prompt-input", prompt: `say ${SECRET}`, workingDirectory })'),
  'error: features$ cannot be parsed': () =>
    inOutput('echo "no row $MY_API_KEY"', 'commands.features$({ binary, env })'),
  'error: doctor$ is not JSON': () => inOutput('echo "{ $MY_API_KEY"', 'commands.doctor$({ binary, env })'),
  'error: doctor$ is other JSON': () => inOutput(`echo "{\\"$MY_API_KEY\\":1}"`, 'commands.doctor$({ binary, env })'),
  'error: debug$ is other JSON': () =>
    inOutput(`echo "{\\"a\\":\\"$MY_API_KEY\\"}"`, `commands.debug$({ binary, env, topic: 'models' })`),
  'error: cloudList$ is other JSON': () =>
    inOutput(`echo "{\\"a\\":\\"$MY_API_KEY\\"}"`, 'commands.cloudList$({ binary, env })'),
  'error: cloudStatus$ cannot be parsed': () =>
    inOutput(`echo "$MY_API_KEY"`, `commands.cloudStatus$({ binary, env, taskId: 'task_e_1' })`),
  'error: mcpList$ is other JSON': () =>
    inOutput(`echo "[{\\"name\\":\\"$MY_API_KEY\\"}]"`, 'commands.mcpList$({ binary, env })'),
  'error: checkExecPolicy$ is other JSON': () =>
    inOutput(
      `echo "{\\"a\\":\\"$MY_API_KEY\\"}"`,
      `commands.checkExecPolicy$({ binary, env, rules: ['/dev/null'], command: ['ls'] })`,
    ),
  'error: loginStatus$ fails': () => inOutput(FAIL, 'commands.loginStatus$({ binary, env })'),
  'error: apply$ fails': () => inOutput(FAIL, `commands.apply$({ binary, env, taskId: 't' })`),
  'error: mcpRemove$, login$ and logout$ fail': async () => {
    for (const command of ['mcpGet$', 'mcpLogout$', 'logout$', 'enableFeature$', 'help$'])
      await inOutput(FAIL, `commands.${command}({ binary, env, name: 'x', feature: 'x' })`);
  },
  'error: standard error of a run': () => inOutput('echo "Error: $MY_API_KEY" >&2; exit 1', RUN),
  'error: turn.failed': () =>
    inOutput(`${START} printf '{"type":"turn.failed","error":{"message":"bad %s"}}\\n' "$MY_API_KEY"; exit 1`, RUN),
  'error: an error event, then a timeout': () =>
    inOutput(`${START} printf '{"type":"error","message":"bad %s"}\\n' "$MY_API_KEY"; exec sleep 20`, RUN),
  'error: a strict run': () =>
    inOutput('echo "no json $MY_API_KEY"; sleep 1', RUN.replace('timeout', 'strict: true, timeout')),
  'error: an unknown type, strict': () =>
    inOutput(`printf '{"type":"%s"}\\n' "$MY_API_KEY"; sleep 1`, RUN.replace('timeout', 'strict: true, timeout')),
  'error: another thread is resumed': () =>
    inOutput(
      `printf '{"type":"thread.started","thread_id":"%s"}\\n' "$MY_API_KEY"; sleep 1`,
      `core.resume$({ session: '01a205c4-69f5-7682-91b9-0f9fa5d429a7', binary, env, prompt: 'x', terminateGrace: 200 })`,
    ),
  'error: the CLI cannot be spawned': () =>
    inOutput('', `exec$({ binary: '/dev/null', env, prompt: 'x', model: 'm', config: { x: 'y' } })`),
  'form: in JSON': () =>
    inOutput(`printf 'Error: {"key":"hunt\\\\"er2\\\\\\\\hunter2"}\\n' >&2; exit 1`, RUN, [
      'er2\\\\hunter2',
      'hunt\\"er2',
    ]),
  'form: one line of a PEM': () => inOutput('echo "Error: key MIIabcdefghijk is bad" >&2; exit 1', RUN),
  'form: trimmed': () => inOutput('echo "Error: Incorrect key: hunter2 trailing" >&2; exit 1', RUN),
  'form: base64': () =>
    inOutput('echo "Error: header $(printf %s "u:$MY_API_KEY" | base64)" >&2; exit 1', RUN, [
      Buffer.from(`u:${SECRET}`).toString('base64'),
    ]),
  'form: percent-encoded': () =>
    inOutput('echo "Error: https://h/?p=hunt%22er2%5Chunter2" >&2; exit 1', RUN, ['hunt%22er2%5Chunter2']),
  'form: cut by the limit of standard error': () =>
    inOutput(
      `head -c 16370 /dev/zero | tr '\\0' x >&2; printf '%s' "$MY_API_KEY" >&2; head -c 40000 /dev/zero | tr '\\0' y >&2; exit 1`,
      RUN,
      ['hunter2hunte', 'xhunter2'],
    ),
  'names that only look harmless': () =>
    inOutput(
      'echo "Error: $VAULT_SECRET_ID $SSHPASS $MYSQL_PWD $SLACK_WEBHOOK_URL $DB_CONNECTION_STRING" >&2; exit 1',
      RUN,
    ),
});
