import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply$, cloudApply$, cloudDiff$, cloudExec$, cloudList$, cloudStatus$, login$ } from '@codex-rx/core/commands';
import type { Observable } from 'rxjs';
import { chatGpt } from '../support/chatgpt.js';
import { realCli, removeFolders } from '../support/real.js';
import { errorOf, valuesOf } from '../support/stand-in.js';

afterEach(removeFolders);

describe('the real CLI: cloud', () => {
  it('is an error of category auth, logged out', async () => {
    const options = realCli();
    const task = { ...options, taskId: 'task_e_1' };
    const all: readonly (readonly [string, Observable<unknown>])[] = [
      ['apply', apply$(task)],
      ['cloud exec', cloudExec$({ ...options, environment: 'env_1', query: 'do it', attempts: 2 })],
      ['cloud list', cloudList$({ ...options, environment: 'env_1', limit: 3, cursor: 'c' })],
      ['cloud status', cloudStatus$(task)],
      ['cloud diff', cloudDiff$({ ...task, attempt: 1 })],
      ['cloud apply', cloudApply$({ ...task, attempt: 1 })],
    ];
    for (const [name, command$] of all) {
      const error = await errorOf(command$);
      expect([name, error]).toEqual([name, expect.objectContaining({ code: 'EXIT', exitCode: 1, category: 'auth' })]);
    }
  });

  it('applies the diff of a task to the working tree, and says why it cannot', async () => {
    const server = await chatGpt();
    const options = realCli(`chatgpt_base_url = "${server.url}/backend-api"`);
    const { workingDirectory } = options;
    try {
      await valuesOf(login$({ ...options, method: 'deviceCode', issuer: server.url }));
      execFileSync('git', ['init', '-q', workingDirectory]);
      await expect(valuesOf(apply$({ ...options, taskId: 'task_1' }))).resolves.toEqual([
        { taskId: 'task_1', text: 'Successfully applied diff', stderr: '' },
      ]);
      expect(readFileSync(join(workingDirectory, 'f.txt'), 'utf8')).toBe('hello\n');
      await expect(errorOf(apply$({ ...options, taskId: 'task_running' }))).resolves.toMatchObject({
        code: 'EXIT',
        message: 'codex apply -- task_running exited with code 1: Error: No diff turn found',
      });
      writeFileSync(join(workingDirectory, 'f.txt'), 'other\n');
      execFileSync('git', ['-C', workingDirectory, 'add', '.']);
      execFileSync('git', ['-C', workingDirectory, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x']);
      await expect(errorOf(apply$({ ...options, taskId: 'task_1' }))).resolves.toMatchObject({
        message: expect.stringContaining('conflicts=1') as string,
      });
      expect(existsSync(join(workingDirectory, 'error.log'))).toBe(false);
    } finally {
      await server.close();
    }
  });
});
