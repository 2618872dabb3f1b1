// `mkdirSync` with `recursive` never returns below /proc: each option that creates folders is pointed there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, folder, on, shellCli } from '../lib/attack.mjs';

const AT = '/proc/nothing/x';

async function tried(expression, env = {}) {
  const binary = shellCli('cat > /dev/null; thread; turn; done_');
  const seed = folder('seed');
  writeFileSync(join(seed, 'auth.json'), '{}');
  const code = `const run = (more) => collect(exec$({ binary, prompt: 'x', workingDirectory, timeout: 4000, ...more }));
    const caught = (act) => { try { return act(); } catch (error) { return error; } };
    const result = await (${expression});
    say(result?.code ?? typeof result); process.exit(0);`;
  const args = { binary, at: AT, seed, workingDirectory: folder('workspace') };
  return answer(code, { args, env, timeout: 8000 });
}

await attack(on.linux, {
  eventLog: () => tried('run({ eventLog: at + "/log" })'),
  outputLastMessage: () => tried('run({ outputLastMessage: at + "/message" })'),
  codexHome: () => tried('run({ codexHome: at })'),
  'codexHome with createHomeDirs': () => tried('run({ codexHome: at, createHomeDirs: true })'),
  workingDirectory: () => tried('run({ workingDirectory: at })'),
  teeLines: () => tried('run({ lines: teeLines(at + "/tee") })'),
  'eventLog below /dev/fd': () => tried('run({ eventLog: "/dev/fd/99/log" })'),
  'codexHome().materialize': () => tried('caught(() => home.codexHome(at).materialize())'),
  'codexHome().seedAuthFrom': () => tried('caught(() => home.codexHome(at).seedAuthFrom(seed))'),
  mcpAdd$: () => tried('collect(commands.mcpAdd$({ binary, codexHome: at, name: "x", server: { command: ["x"] } }))'),
  generateAppServerBindings$: () =>
    tried('collect(commands.generateAppServerBindings$({ binary, target: "typescript", outDir: at }))'),
  TMPDIR: () => tried('run({ workingDirectory: undefined, outputSchema: {} })', { TMPDIR: '/proc/x' }),
  'HOME, XDG_STATE_HOME and XDG_CACHE_HOME': () =>
    tried('run({ workingDirectory: undefined })', { HOME: AT, XDG_STATE_HOME: AT, XDG_CACHE_HOME: AT }),
});
