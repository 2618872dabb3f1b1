import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as operators from '../../src/index.js';
import { buildPackages, bundled, installPacked, type Packages, root } from '../support/bundling.js';

const one = (name: string) => `import { ${name} } from '@codex-rx/operators'; console.log(${name});`;
const platforms = ['node', 'browser'] as const;

/** The files of other operators that an operator is made of. */
const madeOf: Readonly<Record<string, readonly string[]>> = {
  agentMessages: ['completed-items', 'of-item'],
  commands: ['completed-items', 'of-item'],
  fileChanges: ['completed-items', 'of-item'],
  finalOutput: ['final-message'],
  itemSnapshots: ['snapshots'],
  shareRun: ['snapshots'],
  todos: ['of-item'],
  turns: ['snapshots'],
};
const elsewhere = ['IdleTimeoutError', 'reduceSnapshot', 'shellCommand', 'teeLines', 'turnResult'];
const names = Object.entries(operators).flatMap(([name, value]) =>
  typeof value === 'function' && !elsewhere.includes(name) ? [name] : [],
);
const fileOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const ofOperators = (files: readonly string[]) =>
  files.flatMap((file) => /^operators\/src\/operators\/(.*)\.ts$/.exec(file)?.[1] ?? []);

/** Files that operators may share with each other and with the core: neither the decoder nor a run. */
const SHARED =
  /^(?:operators\/src|core\/src\/(?:errors|util|interop|events\/(?:accessors|codex-error|decode-error|messages|notice|resumed-or-forked|snapshot|thread-context|turn-ids|usage)))\b/;

const ownFile = (name: string) => `operators/src/operators/${fileOf(name)}.ts`;

beforeAll(buildPackages);

describe('the built package', () => {
  it.each(names.flatMap((name) => platforms.map((platform) => [name, platform] as const)))(
    'bundles %s() for %s without the other operators',
    async (name, platform) => {
      const { files } = await bundled(one(name), platform);
      const own = ofOperators(files);
      expect(own).toContain(fileOf(name));
      expect(own.filter((file) => file !== fileOf(name) && madeOf[name]?.includes(file) !== true)).toEqual([]);
      expect(files.filter((file) => !SHARED.test(file))).toEqual([]);
      expect(files.filter((file) => file.startsWith('operators/src/node/'))).toEqual([]);
    },
  );

  it.each(platforms)('bundles ofType() and ofItem() for %s from one file each', async (platform) => {
    for (const name of ['ofType', 'ofItem']) {
      const { files } = await bundled(one(name), platform);
      expect(files).toEqual([ownFile(name)]);
    }
  });

  it.each(platforms)('bundles snapshots() for %s with the reducer, and nothing else', async (platform) => {
    const { files, code } = await bundled(one('snapshots'), platform);
    expect(files).toContain('core/src/events/snapshot/reduce-snapshot.ts');
    expect(files.filter((file) => !file.startsWith('core/src/events/snapshot/'))).toEqual([
      'core/src/events/accessors.ts',
      'core/src/events/notice.ts',
      'core/src/events/resumed-or-forked.ts',
      'core/src/events/thread-context.ts',
      'core/src/events/turn-ids.ts',
      'core/src/events/usage/usage-meter.ts',
      'operators/src/operators/snapshots.ts',
    ]);
    expect(code.length).toBeLessThan(22_000);
  });

  it('bundles idleTimeout() with the errors of the core', async () => {
    const { files } = await bundled(one('idleTimeout'), 'browser');
    expect(files.filter((file) => file.startsWith('core/'))).not.toEqual([]);
  });

  it('bundles all of it for a browser without anything of Node', async () => {
    const { code } = await bundled(`import * as all from '@codex-rx/operators'; console.log(all);`, 'browser');
    expect(code).not.toMatch(/node:|from\s*["'](fs|path|stream)["']/);
    expect(code).toContain('idleTimeout');
    expect(code).not.toContain('teeLines');
  });

  it('has teeLines() at the root for Node only, and under /node everywhere', async () => {
    const atRoot = await bundled(one('teeLines'), 'node');
    expect(atRoot.files).toContain('operators/src/node/tee-lines.ts');
    expect(ofOperators(atRoot.files)).toEqual([]);
    await expect(bundled(one('teeLines'), 'browser')).rejects.toThrow(/teeLines/);
    const below = await bundled(`import { teeLines } from '@codex-rx/operators/node'; console.log(teeLines);`, 'node');
    expect(below.files).toEqual(atRoot.files);
  });

  it('can be required', async () => {
    const code = `const { snapshots, teeLines } = require('@codex-rx/operators'); console.log(typeof snapshots, typeof teeLines);`;
    const run = execFileSync(process.execPath, ['-e', code], {
      cwd: join(root, 'packages/operators'),
      encoding: 'utf8',
    });
    expect(run).toBe('function function\n');
    const { inputs } = await bundled(code, 'node', undefined, 'cjs');
    expect(inputs).not.toEqual([]);
    expect(inputs.filter((file) => !file.includes('/dist/cjs/'))).toEqual([]);
  });
});

describe('the packed package', () => {
  const some = names.filter((_, index) => process.env.TEST_ALL === '1' || index % 4 === 0);
  let scratch: string;
  let packed: Packages;
  beforeAll(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-bundles-')));
    packed = installPacked(scratch);
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it.each(platforms)('gives the same bundles for %s as the built one', async (platform) => {
    const each = async (packages?: Packages) =>
      Promise.all(some.map(async (name) => [name, await bundled(one(name), platform, packages)]));
    expect(await each(packed)).toEqual(await each());
  });

  it.each(platforms)('bundles one operator for %s from its own files alone', async (platform) => {
    const { files, code } = await bundled(one('ofType'), platform, packed);
    expect(files).toEqual([ownFile('ofType')]);
    // The names that all operators import from RxJS, which is external here, count as well.
    expect(code.length).toBeLessThan(600);
  });

  it('has teeLines() for Node', async () => {
    const { files } = await bundled(one('teeLines'), 'node', packed);
    expect(files).toContain('operators/src/node/tee-lines.ts');
    await expect(bundled(one('teeLines'), 'browser', packed)).rejects.toThrow(/teeLines/);
  });
});
