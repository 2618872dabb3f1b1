import { mergeOptions } from '../../src/request/merge.js';
import type { CodexOptions } from '../../src/request/types.js';
import { validateRequest } from '../../src/request/validate.js';

const check = (options: CodexOptions) => () => {
  validateRequest({ prompt: 'p', ...options });
};

describe('the options about approvals', () => {
  it.each<CodexOptions>([
    { approvalPolicy: 'never' },
    { approvalPolicy: 'on-request', approvalsReviewer: 'auto_review' },
    { approvalPolicy: 'on-request', approveForMe: true },
    { approvalPolicy: 'on-request', config: { approvals_reviewer: 'auto_review' } },
    { approvalPolicy: 'on-request', configOverrides: ['approvals_reviewer=auto_review'] },
    { approvalPolicy: 'never', approvalsReviewer: 'user' },
    { approveForMe: true, sandbox: 'workspace-write', safety: 'full-auto' },
    { approveForMe: true, sandbox: 'read-only', safety: 'bypass' },
    { approveForMe: false, sandbox: 'read-only' },
  ])('accept %j', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each<[CodexOptions, string]>([
    [{ approvalPolicy: 'on-request' }, 'approvalPolicy'],
    [{ approvalPolicy: 'on-request', approvalsReviewer: 'user' }, 'approvalPolicy'],
    [{ approvalPolicy: 'on-request', approveForMe: false }, 'approvalPolicy'],
    [{ approvalPolicy: 'untrusted', approvalsReviewer: 'auto_review' }, 'approvalPolicy'],
    [{ approvalPolicy: 'never', approvalsReviewer: 'auto_review' }, 'approvalsReviewer'],
    [{ approvalPolicy: 'never', approveForMe: true }, 'approvalPolicy'],
    [{ sandbox: 'read-only', approveForMe: true }, 'sandbox'],
    [{ approvalsReviewer: 'user', approveForMe: true }, 'approvalsReviewer'],
  ])('reject %j', (options, field) => {
    expect(check(options)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID', field }) as Error);
  });

  it.each<[string, CodexOptions, CodexOptions, CodexOptions]>([
    ['approveForMe replaces a sandbox', { sandbox: 'read-only' }, { approveForMe: true }, { approveForMe: true }],
    ['approveForMe replaces a policy', { approvalPolicy: 'never' }, { approveForMe: true }, { approveForMe: true }],
    ['a sandbox replaces approveForMe', { approveForMe: true }, { sandbox: 'read-only' }, { sandbox: 'read-only' }],
    [
      'a policy replaces approveForMe, but not its sandbox',
      { approveForMe: true },
      { approvalPolicy: 'never' },
      { approvalPolicy: 'never', sandbox: 'workspace-write' },
    ],
    [
      'config replaces approveForMe',
      { approveForMe: true },
      { config: { sandbox_mode: 'read-only' } },
      { config: { sandbox_mode: 'read-only' } },
    ],
    [
      'approveForMe replaces the config of a client',
      { config: { sandbox_mode: 'read-only', model_verbosity: 'low' } },
      { approveForMe: true },
      { config: { model_verbosity: 'low' }, approveForMe: true },
    ],
  ])('of a request: %s', (_name, client, request, merged) => {
    const options = mergeOptions(client, request);
    expect(JSON.parse(JSON.stringify(options))).toEqual(merged);
    expect(check(options)).not.toThrow();
  });
});
