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
/** Holds for every subject, because cases clean up. */
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
// For slow machines.
const LIMITS = { limit: 50_000 };
/** Also for late garbage collection. A leak would exceed this limit. */
const ROOMY_LIMITS = { ...LIMITS, memory: 300 };
const against = (name: string, only: string) => runConformance({ module: subjects, name }, { only, ...LIMITS });

describe('conformanceCases with exec$', () => {
  const cases = conformanceCases.filter((_, index) => process.env.TEST_ALL === '1' || index % 3 === 0);
  it.each(cases.map((one) => [one.name, one.expected, one] as const))('%s: %s', async (_name, _words, one) => {
    const request = { terminateGrace: 300, linger: 500 };
    const result = await one.run({ module: subjects, name: 'exec$' }, { request, ...ROOMY_LIMITS });
    expect(result).toMatchObject({ problems: [], ok: true });
    expect(result.outcome).not.toBe('skipped');
  });

  it('have unique names', () => {
    expect(new Set(conformanceCases.map(({ name }) => name)).size).toBe(conformanceCases.length);
  });
});

describe('runConformance', () => {
  it('reports the result of each selected case', async () => {
    const reported: string[] = [];
    const results = await runConformance(exec$, {
      only: /^a line that|^dies by SIGK/,
      onResult: ({ name }) => reported.push(name),
    });
    expect(results).toMatchObject([
      { name: 'a line that is not JSON', outcome: 'completed', ok: true, leftProcesses: 0, leftFiles: [] },
      { name: 'dies by SIGKILL', outcome: 'failed', ok: true, detail: expect.stringContaining('SIGKILL') as string },
    ]);
    expect(reported).toEqual(results.map(({ name }) => name));
  });

  it('does not keep its process alive', async () => {
    const program = bundleProgram(join(__dirname, '..', 'programs', 'run-conformance.ts'));
    // Rejects if the process must be killed.
    const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 30_000 });
    expect(stdout).toBe('failed');
  });

  it('skips cases that need a host process or a missing feature', async () => {
    const here = await runConformance(exec$, { only: 'EMFILE' });
    expect(here).toMatchObject([{ outcome: 'skipped', detail: 'needs host', ok: true }]);
    const without = await runConformance({ module: subjects, name: 'exec$' }, { only: 'ELOOP', lacks: ['eventLog'] });
    expect(without).toMatchObject([{ outcome: 'skipped', detail: 'needs eventLog' }]);
  });

  it('reports a client that leaves processes', async () => {
    const [result] = await runConformance(
      { module: subjects, name: 'careless$' },
      { only: 'unsubscribed, with a child', limit: 4_000 },
    );
    expect(result).toMatchObject({ outcome: 'unsubscribed', ok: false, leftProcesses: 2 });
    expect(result?.problems).toContain('2 processes alive');
  });

  it('reports a client that crashes its host', async () => {
    expect(await against('careless$', 'early exit, 1 MB')).toMatchObject([
      { outcome: 'crashed', ok: false, detail: expect.stringContaining('EPIPE') as string },
    ]);
    expect(await against('careless$', 'not JSON')).toMatchObject([
      { outcome: 'crashed', detail: expect.stringContaining('SyntaxError') as string },
    ]);
  });

  it('survives a client that kills its process group', async () => {
    expect(await against('reckless$', 'not JSON')).toMatchObject([
      { outcome: 'crashed', ok: false, detail: expect.stringContaining('SIGTERM') as string },
    ]);
  });

  it('reports a client that leaves files', async () => {
    const [result] = await runConformance(
      { module: subjects, name: 'careless$' },
      { only: 'last line without', limit: 4_000 },
    );
    expect(result).toMatchObject({ outcome: 'completed', ok: false, problems: ['1 temporary file left'] });
  });

  it('reports a client that never ends', async () => {
    const [result] = await runConformance({ module: subjects, name: 'silent$' }, { only: 'not JSON', limit: 1_500 });
    expect(result).toMatchObject({ outcome: 'hung', ok: false, problems: ['it did not end'] });
  });

  it('reports a client that needs much memory and keeps its host alive', async () => {
    const [result] = await against('hoarding$', 'last line without');
    expect(result?.rssGrowth).toBeGreaterThan(200);
    expect(result?.problems).toEqual(
      expect.arrayContaining([expect.stringContaining('memory grew'), 'the host is kept alive']),
    );
  });

  it('reports a module that does not export the subject', async () => {
    expect(await against('nothing$', 'not JSON')).toMatchObject([
      { outcome: 'crashed', detail: expect.stringContaining('must export the function nothing$') as string },
    ]);
  });
});
