// The agent replaces files that the host writes or reads for a run by links, FIFOs and devices.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, shellCli, skip } from '../lib/attack.mjs';

/** A workspace next to a file of the user, and a run of a CLI whose agent executes `script` there. */
async function run(script, make, { runs = 1, timeout = 25_000 } = {}) {
  const base = folder('base');
  const workspace = join(base, 'workspace');
  mkdirSync(workspace);
  const victim = join(base, '.bashrc');
  writeFileSync(victim, 'sk-of-the-user\n');
  const binary = shellCli(`cat > /dev/null; thread; turn; ${script(victim)}; done_; sleep 0.3`);
  const code = `const results = [];
    for (let count = 0; count < runs; count += 1) {
      const request = { binary, prompt: 'x', workingDirectory: workspace, allowInWorkspace: true, timeout: 8000, linger: 500, terminateGrace: 100 };
      const notifications = await collect(run$({ ...request, ...options(workspace) }));
      results.push(notifications instanceof Error ? notifications.code : notifications.at(-1).lastMessage);
    }
    say(results); process.exit(0);`;
  const text = `const options = ${make};\n${code}`;
  const said = await answer(text, { args: { binary, workspace, runs }, timeout });
  expect(readFileSync(victim, 'utf8') === 'sk-of-the-user\n', 'a file outside of the workspace was written to');
  expect(!JSON.stringify(said).includes('sk-of-the-user'), 'a file outside of the workspace was read');
  return said.map(String).join(', ');
}

const MESSAGE = `(workspace) => ({ outputLastMessage: workspace + '/answer.txt' })`;
const EVENT_LOG = `(workspace) => ({ eventLog: workspace + '/run.jsonl' })`;
const TEE = `(workspace) => ({ lines: teeLines(workspace + '/run.jsonl') })`;
const ROTATED = `(workspace) => ({ lines: teeLines(workspace + '/run.jsonl', { rotate: { maxBytes: 1e6 } }) })`;
const SMALL = `(workspace) => ({ lines: teeLines(workspace + '/run.jsonl', { rotate: { maxBytes: 200 } }) })`;

const linked = (file) => (victim) => `say one; sleep 0.3; rm -f ${file}; ln -s ${victim} ${file}; say two; sleep 0.2`;
const hardLinked = (file) => (victim) => `say one; sleep 0.2; rm -f ${file}; ln ${victim} ${file}; say two`;
const rotatedOver = (victim) =>
  `for i in 1 2 3 4 5; do ln -s ${victim} run.jsonl.$i; ln -s ${victim} run.$i.jsonl; done; for i in 1 2 3 4 5 6 7 8; do say aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done`;

await attack(on.posix, {
  'outputLastMessage becomes a FIFO': () => run(() => 'mkfifo answer.txt', MESSAGE),
  'outputLastMessage becomes a link to /dev/zero': () => run(() => 'ln -s /dev/zero answer.txt', MESSAGE),
  'outputLastMessage becomes a link to a file of the user': () => run(linked('answer.txt'), MESSAGE, { runs: 2 }),
  'outputLastMessage becomes a link after the CLI wrote it': () =>
    run((victim) => `(sleep 0.2; rm -f answer.txt; ln -s ${victim} answer.txt) & echo fine > answer.txt`, MESSAGE),
  'eventLog becomes a link': () => run(linked('run.jsonl'), EVENT_LOG, { runs: 2 }),
  'eventLog becomes a hard link': () => run(hardLinked('run.jsonl'), EVENT_LOG, { runs: 2 }),
  'eventLog becomes a FIFO': () => run(() => 'rm -f run.jsonl; mkfifo run.jsonl', EVENT_LOG, { runs: 2 }),
  'eventLog becomes a device': () => run(() => 'rm -f run.jsonl; ln -s /dev/full run.jsonl', EVENT_LOG, { runs: 2 }),
  'teeLines becomes a link': () => run(linked('run.jsonl'), TEE, { runs: 2 }),
  'teeLines becomes a FIFO': () => run(() => 'rm -f run.jsonl; mkfifo run.jsonl', TEE, { runs: 2 }),
  'teeLines with rotate becomes a link': () => run(linked('run.jsonl'), ROTATED, { runs: 2 }),
  'the rotated files of teeLines become links': () => run(rotatedOver, SMALL, { runs: 2 }),
  'a folder on the way to the log becomes a link': () =>
    run(
      (victim) => `say one; sleep 0.2; mv logs old; ln -s $(dirname ${victim}) logs; say two`,
      `(workspace) => ({ lines: teeLines(workspace + '/logs/.bashrc', { rotate: { maxBytes: 1e6 } }) })`,
    ),
  'logs are readable for other users': async () => {
    const logs = folder('logs');
    await run(
      () => 'say one',
      `() => ({ eventLog: ${JSON.stringify(join(logs, 'a'))}, lines: teeLines(${JSON.stringify(join(logs, 'b'))}) })`,
    );
    for (const name of ['a', 'b']) {
      if (!existsSync(join(logs, name))) skip('no log was written');
      expect((statSync(join(logs, name)).mode & 0o077) === 0, `mode of ${name === 'a' ? 'eventLog' : 'teeLines'}`);
    }
  },
  'logs and messages are inside a folder that the agent may write to': async () => {
    const workspace = folder('workspace');
    const binary = shellCli('cat > /dev/null; thread; turn; done_');
    const code = `const codes = [];
      for (const name of ['eventLog', 'outputLastMessage'])
        codes.push((await collect(exec$({ binary, prompt: 'x', workingDirectory: workspace, sandbox: 'workspace-write', [name]: workspace + '/file' }))).code);
      say(codes);`;
    const codes = await answer(code, { args: { binary, workspace } });
    expect(
      codes.every((one) => one === 'REQUEST_INVALID'),
      `accepted: ${JSON.stringify(codes)}`,
    );
  },
});
