import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProcesses } from '@codex-rx/testing/processes';

const variable = 'HOT_SWAP_TEST';
const mark = randomUUID();

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'hot-swap-test-'));
});
afterEach(() => {
  for (const pid of findProcesses(variable, mark)) process.kill(pid, 'SIGKILL');
  rmSync(temporary, { recursive: true, force: true });
});

/** The example as its users start it, with a temporary folder of its own. */
async function example(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(__dirname, '..', 'start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, [variable]: mark },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { code, stdout, stderr };
}

describe('the hot swap example', () => {
  it('goes on with the binary that has taken the place of the first one, and leaves nothing behind', async () => {
    expect(await example()).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'running codex 0.125.0',
        '  thread.started',
        '  turn.started',
        '  item.started',
        'replacing the binary',
        'running codex 0.171.0',
        '  thread.started',
        '  turn.started',
        '  it says: Done.',
        '  turn.completed',
        '',
      ].join('\n'),
    });
    expect(findProcesses(variable, mark)).toEqual([]);
    // But for the empty folder in which the runs of a user are registered while they live.
    const left = readdirSync(temporary).filter((name) => readdirSync(join(temporary, name)).length > 0);
    expect(left).toEqual([]);
  });

  it('explains itself to those who give it one binary', async () => {
    const { code, stdout } = await example('/usr/bin/codex');
    expect([code, stdout]).toEqual([2, expect.stringContaining('npm run start:hot-swap')]);
  });
});
