import { RequestError } from '../errors/index.js';
import { describeValue } from './checks.js';
import { settingLayers, textAt } from './settings.js';
import type { CodexOptions } from './types.js';

/** What `approveForMe` sets. The CLI ignores, or rejects, other values next to it. */
const REVIEWED = {
  sandbox: 'workspace-write',
  approvalPolicy: 'on-request',
  approvalsReviewer: 'auto_review',
} as const;

/** Checks the options about approvals with each other. @throws RequestError */
export function validateApproval(options: CodexOptions): void {
  const { approvalPolicy, approvalsReviewer } = options;
  if (options.approveForMe === true && options.safety !== 'bypass') checkReviewed(options);
  if (isReviewer(approvalsReviewer) && approvalPolicy === 'never')
    throw new RequestError(
      'approvalsReviewer',
      'has no effect with the approvalPolicy "never". Remove one of them, or set approvalPolicy: "on-request".',
    );
  if (approvalPolicy === undefined || approvalPolicy === 'never') return;
  if (approvalPolicy === 'on-request' && hasReviewer(options)) return;
  throw new RequestError(
    'approvalPolicy',
    'must be "never", or "on-request" with approvalsReviewer: "auto_review": nothing answers a request for approval. ' +
      'Use "sandbox" to limit the agent. To ask, use transport: "app-server" and set its option "approvals".',
  );
}

function checkReviewed(options: CodexOptions): void {
  for (const field of ['sandbox', 'approvalPolicy', 'approvalsReviewer'] as const) {
    const value = options[field];
    if (value !== undefined && value !== REVIEWED[field])
      throw new RequestError(field, `must be "${REVIEWED[field]}" with "approveForMe", got ${describeValue(value)}.`);
  }
}

function hasReviewer(options: CodexOptions): boolean {
  if (options.approveForMe === true || isReviewer(options.approvalsReviewer)) return true;
  return options.approvalsReviewer === undefined && isReviewer(configuredReviewer(options));
}

function configuredReviewer(options: CodexOptions): string | undefined {
  return textAt(settingLayers([], options), 'approvals_reviewer');
}

function isReviewer(reviewer: string | undefined): boolean {
  return reviewer !== undefined && reviewer !== 'user';
}
