import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { events, expectRun, fromMarbles, items } from '../../src/index.js';

const root = join(__dirname, '../../../..');
const guide = readFileSync(join(root, 'docs', 'testing.md'), 'utf8');
const blocks = (language: string): string[] =>
  Array.from(guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms')), ([, code = '']) => code);

/** Runs code as a test file in a separate Jest, as a user of the package would. */
function runInJest(code: string): { status: number | null; output: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-guide-')));
  try {
    writeFileSync(join(folder, 'guide.test.ts'), code);
    const swc = {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    };
    const config = {
      rootDir: folder,
      testMatch: ['**/*.test.ts'],
      transform: { '^.+\\.ts$': [require.resolve('@swc/jest'), swc] },
      moduleNameMapper: {
        '^@codex-rx/(core|operators|testing)/(\\w+)$': `${root}/packages/$1/src/$2/index.ts`,
        '^@codex-rx/(\\w+)$': `${root}/packages/$1/src/index.ts`,
        '^(\\.{1,2}/.*)\\.js$': '$1',
      },
    };
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [jest, '--config', JSON.stringify(config), '--ci', '--no-cache'],
      { cwd: folder, encoding: 'utf8', timeout: 60_000 },
    );
    return { status, output: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('docs/testing.md', () => {
  it('contains tests that pass in Jest, and fail after a change', () => {
    const tests = blocks('ts no-run');
    expect(tests).toHaveLength(1);
    const good = runInJest(tests.join('\n'));
    expect(good.output).toContain('2 passed, 2 total');
    const bad = runInJest(tests.join('\n').replace("toEndTurn('completed')", "toEndTurn('failed')"));
    expect(bad.output).toContain('Expected the turn to have failed, but it completed.');
    expect([good.status, bad.status]).toEqual([0, 1]);
  });

  it('contains the current report of a failure', () => {
    const values = {
      '+cmd0': events.itemStarted(items.commandExecution('npm test', { status: 'in_progress' })),
      cmd0: events.itemCompleted(items.commandExecution('npm test')),
      msg1: events.itemCompleted(items.agentMessage('All tests pass.', { id: 'item_1' })),
    };
    const run$ = fromMarbles('{thread turn} 72ms {+cmd0} 157ms {cmd0} 3s {done |}', {
      ...values,
      cmd0: events.itemCompleted(items.commandExecution('npm test', { exit_code: 2 })),
    });
    let report = '';
    try {
      expectRun(run$).toBe('{thread turn} 72ms {+cmd0} 155ms {cmd0} 2ms {msg1} 3s {done |}', values);
    } catch (error) {
      report = (error as Error).message;
    }
    expect(blocks('text')).toEqual([report]);
  });
});
