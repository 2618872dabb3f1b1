import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exec$ } from '@codex-rx/core';
import { conformanceCases, runConformance } from '../../src/conformance/index.js';
import { findProcesses } from '../../src/processes/find-processes.js';
import { bundleProgram } from '../helpers/bundle-program.js';

const MARK = 'CODEX_RX_CONFORMANCE_TEST';
let subjects = '';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'rx-conformance-'));
  process.env[MARK] = folder;
  subjects = bundleProgram(join(__dirname, '..', 'programs', 'subjects.ts'));
});
afterAll(() => {
  Reflect.deleteProperty(process.env, MARK);
  rmSync(folder, { recursive: true, force: true });
});
/** Whatever the client leaves. */
function expectNothingLeft(): void {
  expect(readdirSync(folder).filter((name) => name !== `codex-rx-${os.userInfo().uid}`)).toEqual([]);
  expect(findProcesses(MARK, folder).filter((pid) => pid !== process.pid)).toEqual([]);
}
beforeEach(() => {
  jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
});
afterEach(() => {
  expectNothingLeft();
  jest.restoreAllMocks();
});
// A busy machine is no fault of a run.
const patient = { limit: 50_000 };
/** Nor is it one that garbage is collected late; what is kept would be more. */
const roomy = { ...patient, memory: 300 };
const against = (name: string, only: string) => runConformance({ module: subjects, name }, { only, ...patient });

describe('every fault', () => {
  it.each(conformanceCases.map((one) => [one.name, one.expected, one] as const))(
    '%s: %s',
    async (_name, _words, one) => {
      const request = { terminateGrace: 300, linger: 500 };
      const result = await one.run({ module: subjects, name: 'exec$' }, { request, ...roomy });
      expect(result).toMatchObject({ problems: [], ok: true });
      expect(result.outcome).not.toBe('skipped');
    },
  );

  it('has a name of its own', () => {
    expect(new Set(conformanceCases.map(({ name }) => name)).size).toBe(conformanceCases.length);
  });
});

describe('runConformance', () => {
  it('tells each result at once, of the cases that are wanted', async () => {
    const heard: string[] = [];
    const results = await runConformance(exec$, {
      only: /^a line that|^dies by SIGK/,
      onResult: ({ name }) => heard.push(name),
    });
    expect(results).toMatchObject([
      { name: 'a line that is not JSON', outcome: 'completed', ok: true, leftProcesses: 0, leftFiles: [] },
      { name: 'dies by SIGKILL', outcome: 'failed', ok: true, detail: expect.stringContaining('SIGKILL') as string },
    ]);
    expect(heard).toEqual(results.map(({ name }) => name));
  });

  it('does not keep its own process alive when it is done', async () => {
    const program = bundleProgram(join(__dirname, '..', 'programs', 'run-conformance.ts'));
    // Rejects if it has to be ended.
    const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 30_000 });
    expect(stdout).toBe('failed');
  });

  it('runs a function in this process, but for the cases that need a host, and those for what it lacks', async () => {
    const here = await runConformance(exec$, { only: 'EMFILE' });
    expect(here).toMatchObject([{ outcome: 'skipped', detail: 'needs host', ok: true }]);
    const without = await runConformance({ module: subjects, name: 'exec$' }, { only: 'ELOOP', lacks: ['eventLog'] });
    expect(without).toMatchObject([{ outcome: 'skipped', detail: 'needs eventLog' }]);
  });

  it('names a client that leaves processes', async () => {
    const [result] = await runConformance(
      { module: subjects, name: 'careless$' },
      { only: 'unsubscribed, with a child', limit: 4_000 },
    );
    expect(result).toMatchObject({ outcome: 'left', ok: false, leftProcesses: 2 });
    expect(result?.problems).toContain('2 left alive');
  });

  it('names a client that crashes its host', async () => {
    expect(await against('careless$', 'early exit, 1 MB')).toMatchObject([
      { outcome: 'crashed', ok: false, detail: expect.stringContaining('EPIPE') as string },
    ]);
    expect(await against('careless$', 'not JSON')).toMatchObject([
      { outcome: 'crashed', detail: expect.stringContaining('SyntaxError') as string },
    ]);
  });

  it('survives a client that ends its whole group', async () => {
    expect(await against('reckless$', 'not JSON')).toMatchObject([
      { outcome: 'crashed', ok: false, detail: expect.stringContaining('SIGTERM') as string },
    ]);
  });

  it('names a client that leaves files', async () => {
    const [result] = await runConformance(
      { module: subjects, name: 'careless$' },
      { only: 'last line without', limit: 4_000 },
    );
    expect(result).toMatchObject({ outcome: 'completed', ok: false, problems: ['1 temporary files left'] });
  });

  it('names a client that never ends', async () => {
    const [result] = await runConformance({ module: subjects, name: 'silent$' }, { only: 'not JSON', limit: 1_500 });
    expect(result).toMatchObject({ outcome: 'hung', ok: false, problems: ['it did not end'] });
  });

  it('names a client that needs much memory, and one that keeps its host alive', async () => {
    const [result] = await against('hoarding$', 'last line without');
    expect(result?.rssGrowth).toBeGreaterThan(250);
    expect(result?.problems).toEqual(
      expect.arrayContaining([expect.stringContaining('memory grew'), 'the host is kept alive']),
    );
  });

  it('says what is wrong with a module that does not export it', async () => {
    expect(await against('nothing$', 'not JSON')).toMatchObject([
      { outcome: 'crashed', detail: expect.stringContaining('exports no function nothing$') as string },
    ]);
  });
});
