import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { reapOrphans } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { bundle, coreSource, program, removeBundles } from './support/bundle.js';
import { leavesNothing } from './support/leaves-nothing.js';
import { started } from './support/lines.js';

const place = leavesNothing();
let workerProgram = '';
let core = '';
beforeAll(() => {
  workerProgram = bundle(program('worker-run.ts'));
  core = bundle(coreSource);
});
afterAll(removeBundles);

const stays: FakeStep[] = [
  { spawn: { kind: 'child', seconds: 300, ignoreSignals: true } },
  { spawn: { kind: 'daemon', seconds: 300 } },
  { line: started },
  { hang: true },
];
const request = (steps: readonly FakeStep[] = stays) => ({
  prompt: 'hello',
  ...fakeCodex(steps).options,
  env: place.mark,
});

/** The processes of a terminated worker are not reaped: zombies do not count. */
const nothingLeft = async (): Promise<void> => {
  await waitUntil(() => place.living().length === 0, 6_000);
};

(process.platform === 'win32' ? describe.skip : describe)('a run in a worker thread ends', () => {
  it.each([
    ['its processes end at SIGINT', stays],
    ['its processes ignore signals', [{ ignore: ['SIGINT', 'SIGTERM'] }, ...stays]],
  ] as [string, FakeStep[]][])('when the thread is terminated, if %s', async (_how, steps) => {
    // The record and the folder of the run remain while this process lives.
    const env = { ...process.env, XDG_STATE_HOME: join(place.folder, 'worker-state') };
    const workerData = { ...request(steps), workingDirectory: place.folder };
    const worker = new Worker(workerProgram, { workerData, env });
    const [type] = (await once(worker, 'message')) as [string];
    expect(type).toBe('thread.started');
    expect(place.living()).toHaveLength(3);
    await worker.terminate();
    await nothingLeft();
  });

  it('when the main thread calls process.exit()', async () => {
    const code = `const { Worker } = require('node:worker_threads');
      const workerData = JSON.parse(process.argv[2]);
      new Worker(process.argv[1], { workerData }).once('message', (type) => { console.log(type); process.exit(3); });`;
    const host = spawn(process.execPath, ['-e', code, workerProgram, JSON.stringify(request())], {
      env: { ...process.env, TMPDIR: place.tmp },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    host.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    expect(await once(host, 'close')).toEqual([3, null]);
    expect(output).toBe('thread.started\n');
    await nothingLeft();
    expect(await reapOrphans()).toMatchObject([{ wasAlive: false, left: [] }]);
  });
});

describe('a run that a test of Jest leaves ends', () => {
  const jest = join(createRequire(__filename).resolve('jest/package.json'), '..', 'bin', 'jest.js');
  const test = (): string => `
    const { exec$ } = require(${JSON.stringify(core)});
    test('leaves a run', async () => {
      await new Promise((resolve, reject) => {
        exec$(${JSON.stringify(request())}).subscribe({ next: resolve, error: reject });
      });
    });`;

  it.each([
    ['in one process', 1],
    ['in workers', 2],
  ])('when Jest ends with --forceExit, %s', async (_how, files) => {
    const folder = join(place.folder, 'project');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{}');
    for (let index = 0; index < files; index += 1) writeFileSync(join(folder, `leaves-${index}.test.js`), test());
    const cache = join(place.folder, 'cache');
    const words = ['--rootDir', folder, '--cacheDirectory', cache, '--transform', '{}', '--forceExit', '-w', '2'];
    const host = spawn(process.execPath, [jest, ...words], {
      cwd: folder,
      env: { ...process.env, TMPDIR: place.tmp },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    host.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const [code] = (await once(host, 'close')) as [number | null];
    expect(code === 0 ? '' : errors).toBe('');
    expect(errors).toContain(`${files} passed`);
    await waitUntil(() => place.living().length === 0, 1_000);
    // A worker that Jest kills cannot remove the record of its run.
    await reapOrphans();
  });
});
