import '../../src/jest/index.js';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeCodex, fakeCodex } from '../../src/fake/index.js';
import { livingPids } from '../../src/processes/index.js';

describe('resources that a test leaves open', () => {
  let ofTheFile: FakeCodex | undefined;
  let ofTheTest: FakeCodex | undefined;

  beforeAll(() => {
    ofTheFile = fakeCodex([]);
  });

  it('exist while the test runs', () => {
    ofTheTest = fakeCodex([]);
    expect([ofTheFile, ofTheTest].map((fake) => existsSync(fake?.binary ?? ''))).toEqual([true, true]);
  });

  it('are disposed after the test, except those of a beforeAll hook', () => {
    expect([ofTheFile, ofTheTest].map((fake) => existsSync(fake?.binary ?? ''))).toEqual([true, false]);
  });
});

it('disposes the resources of a test file when Jest exits, without the matchers', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-exit-')));
  try {
    const root = join(__dirname, '..', '..', '..', '..');
    const record = join(folder, 'fake.json');
    writeFileSync(
      join(folder, 'open.test.ts'),
      `import { spawn } from 'node:child_process';
       import { once } from 'node:events';
       import { writeFileSync } from 'node:fs';
       import { fakeCodex } from '@codex-rx/testing';
       it('opens a fake', async () => {
         const fake = fakeCodex([{ spawn: { kind: 'setsid', seconds: 300 } }]);
         await once(spawn(fake.binary, ['exec'], { stdio: 'ignore' }), 'exit');
         writeFileSync(${JSON.stringify(record)}, JSON.stringify({ binary: fake.binary, pids: fake.pids() }));
       });`,
    );
    const swc = {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    };
    const config = {
      rootDir: folder,
      transform: { '^.+\\.ts$': [require.resolve('@swc/jest'), swc] },
      moduleNameMapper: {
        '^@codex-rx/(\\w+)/(\\w+)$': `${root}/packages/$1/src/$2/index.ts`,
        '^@codex-rx/(\\w+)$': `${root}/packages/$1/src/index.ts`,
        '^(\\.{1,2}/.*)\\.js$': '$1',
      },
    };
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const args = [jest, '--config', JSON.stringify(config), '--ci', '-i', '--forceExit'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('1 passed') as string });
    const { binary, pids } = JSON.parse(readFileSync(record, 'utf8')) as { binary: string; pids: number[] };
    expect(pids).toHaveLength(2);
    expect(livingPids(pids)).toEqual([]);
    expect(existsSync(binary)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
