import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { model } from '../../src/model/index.js';
import { minor } from '../helpers/run-codex.js';
import { ofType, scriptedRuns } from '../helpers/scripted-runs.js';

const { folder, run } = scriptedRuns();

it('run executes a command and sends its output to the model', async () => {
  const { items, requests } = await run([model.run('echo out; echo err >&2; exit 3'), model.say('It fails.')]);
  const [command] = ofType(items, 'command_execution');
  expect(command).toMatchObject({
    exit_code: 3,
    status: 'failed',
    command: expect.stringContaining('exit 3') as string,
  });
  expect(String(command?.aggregated_output).split('\n').sort()).toEqual(['', 'err', 'out']);
  expect(requests[1]?.toolOutputs).toEqual([{ callId: 'call_1_1', output: expect.stringContaining('out') as string }]);
});

it('run with workdir executes relative to the working directory', async () => {
  const { items } = await run([model.run('mkdir inner'), model.run('pwd', { workdir: 'inner' }), model.say('Done.')]);
  expect(ofType(items, 'command_execution')[1]?.aggregated_output).toMatch(/\/inner\n$/);
});

it('type writes to a background command', async () => {
  const { items } = await run([
    model.run('read -r line; echo "got $line"', { background: true, terminal: true }),
    model.type('a word\n', { wait: 2000 }),
    model.say('It got it.'),
  ]);
  expect(ofType(items, 'command_execution')).toMatchObject([
    { exit_code: 0, status: 'completed', aggregated_output: expect.stringContaining('got a word') as string },
  ]);
});

it('waitForCommand continues when the background command has exited', async () => {
  const { events, items, requests } = await run([
    model.run('for i in 1 2 3; do sleep 0.4; echo tick $i; done', { background: true }),
    model.waitForCommand(),
    model.say('Ended.'),
  ]);
  expect(requests[2]?.toolOutputs[0]?.output).toContain('tick 3');
  expect(events.filter(({ type, item }) => type === 'item.started' && item?.type === 'command_execution')).toHaveLength(
    1,
  );
  // Older versions report the end late, without the exit code, or never.
  const completed = ofType(items, 'command_execution').map(({ exit_code, status }) => [exit_code, status]);
  expect(minor >= 150 ? completed : [[0, 'completed']]).toEqual([[0, 'completed']]);
});

it('patch changes files and emits a file change', async () => {
  writeFileSync(join(folder(), 'calc.js'), 'exports.add = (a, b) => a - b;\n');
  const { items } = await run([
    model.patch(`
*** Update File: calc.js
@@
-exports.add = (a, b) => a - b;
+exports.add = (a, b) => a + b;
*** Add File: README.md
+# calc
`),
    model.say('Fixed.'),
  ]);
  const [change] = ofType(items, 'file_change');
  expect(change?.status).toBe('completed');
  expect(new Set(change?.changes as object[])).toEqual(
    new Set([
      { path: join(folder(), 'README.md'), kind: 'add' },
      { path: join(folder(), 'calc.js'), kind: 'update' },
    ]),
  );
  expect(readFileSync(join(folder(), 'calc.js'), 'utf8')).toContain('a + b');
  expect(existsSync(join(folder(), 'README.md'))).toBe(true);
});
