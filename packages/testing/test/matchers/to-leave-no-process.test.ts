import '../../src/jest/index.js';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fakeCodex } from '../../src/fake/index.js';
import { failureMessage } from '../helpers/matched-runs.js';

describe('toLeaveNoProcess', () => {
  it('passes for processes that exit in time', async () => {
    const child = spawn('/bin/sh', ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] });
    setTimeout(() => child.stdin.end(), 30);
    await expect(child.pid).toLeaveNoProcess();
    await expect([]).toLeaveNoProcess();
  });

  it('fails for processes that stay alive and lists them', async () => {
    const fake = fakeCodex([{ spawn: { kind: 'setsid', seconds: 300 } }]);
    const child = spawn(fake.binary, [], { stdio: 'ignore' });
    await once(child, 'exit');
    const message = await failureMessage(expect(fake).toLeaveNoProcess({ within: 30 }));
    expect(message).toContain('Expected no process after 30 ms, got 1:\n');
    expect(message).toMatch(/\d+ {2}sleep 300/);
    await fake.dispose();
    await expect(fake).toLeaveNoProcess();
  });

  it('fails with .not if the expectation holds', async () => {
    await expect(process.pid).not.toLeaveNoProcess({ within: 0 });
    expect(await failureMessage(expect([]).not.toLeaveNoProcess())).toBe(
      'Expected a process to stay alive, but all 0 have exited.',
    );
  });
});
