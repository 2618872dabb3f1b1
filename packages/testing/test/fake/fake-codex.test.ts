import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeCodex } from '../../src/fake/index.js';
import { isAlive, livingPids, waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { bundleProgram } from '../helpers/bundle-program.js';
import { start } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('fakeCodex.dispose', () => {
  it('kills the fake, removes its files, and may be called again', async () => {
    const fake = fakeCodex([{ ignore: ['SIGINT', 'SIGTERM'] }, { line: 'ready' }, { hang: true }]);
    const child = start(fake);
    child.stdin?.end();
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    await fake.dispose();
    await fake[Symbol.asyncDispose]();
    expect(isAlive(child.pid ?? 0)).toBe(false);
    expect(existsSync(dirname(fake.binary))).toBe(false);
  });

  it('runs when the process exits', async () => {
    const host = bundleProgram(join(__dirname, '..', 'programs', 'open-fake.ts'));
    const { binary, pids } = JSON.parse(execFileSync(process.execPath, [host], { encoding: 'utf8' })) as {
      binary: string;
      pids: number[];
    };
    expect(pids).toHaveLength(2);
    // An exiting process cannot wait for the processes that it has killed.
    await waitUntil(() => livingPids(pids).length === 0, 30_000);
    expect(existsSync(dirname(binary))).toBe(false);
  });
});
