import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { rejectUnavailable } from '../../../src/app-server/runs/run-plan.js';

const check = (options: object) => () => {
  rejectUnavailable({ command: 'exec', prompt: 'Hi', ...options }, {});
};

describe('an option that the app-server does not have', () => {
  it.each<[object, string]>([
    [{ trust: true }, 'Remove it, or use the transport "exec".'],
    [{ extraArgs: ['--x'] }, 'Remove it, or use the transport "exec".'],
    [{ mirrorStderr: true }, 'Remove it, or use the transport "exec".'],
    [{ strictConfig: true }, 'Remove it, or use the transport "exec".'],
    [{ ignoreRules: true }, 'Remove it, or use the transport "exec".'],
    [{ threadSource: 'user' }, 'Remove it, or use the transport "exec".'],
    [{ oss: true }, 'Use "config".'],
    [{ remote: 'ws://127.0.0.1:1' }, 'Use "connect".'],
    [{ approveForMe: true }, 'Set approvalsReviewer: "auto_review" and sandbox: "workspace-write".'],
  ])('is rejected with advice: %j', (options, advice) => {
    const [option = ''] = Object.keys(options);
    expect(check(options)).toThrow(`"${option}" is not available over the app-server. ${advice}`);
  });

  it.each([{ extraArgs: [] }, { strict: false }, { trust: undefined }])('is ignored without a value: %j', (options) => {
    expect(check(options)).not.toThrow();
  });
});

describe('a policy that asks', () => {
  it('needs "approvals" over the app-server', async () => {
    const codex = createCodex({ approvalPolicy: 'untrusted' }, { transport: 'app-server' });
    const run$ = codex.exec$({ prompt: 'Hi', workingDirectory: '.' });
    await expect(lastValueFrom(run$)).rejects.toMatchObject({
      field: 'approvalPolicy',
      message: expect.stringContaining('"approvals"') as string,
    });
  });
});
