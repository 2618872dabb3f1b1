import type { ApprovalDecision, ApprovalRequest, GrantedPermissions } from './types.js';

type Shorthand = Extract<ApprovalDecision, string>;

const shorthands: readonly unknown[] = ['accept', 'acceptForSession', 'decline', 'cancel'];
/** Whether a decision is one of the words that every kind accepts. */
export const isShorthand = (decision: unknown): decision is Shorthand => shorthands.includes(decision);

/** Decisions of the methods of CLI 0.98 and earlier. */
const LEGACY: Readonly<Record<Shorthand, unknown>> = {
  accept: 'approved',
  acceptForSession: 'approved_for_session',
  decline: 'denied',
  cancel: 'abort',
};

/**
 * Returns the answer to a request as its method expects it. A decision that does not fit the request declines: the
 * server would ignore it, and the user might have meant anything.
 */
export function encodeDecision(method: string, request: ApprovalRequest, decision: unknown): unknown {
  const isLegacy = method === 'execCommandApproval' || method === 'applyPatchApproval';
  if (isLegacy) return { decision: LEGACY[isShorthand(decision) ? decision : 'decline'] };
  switch (request.kind) {
    case 'command':
      return { decision: commandDecision(decision) };
    case 'fileChange':
      return { decision: isShorthand(decision) ? decision : 'decline' };
    case 'permissions':
      return permissionsAnswer(request.permissions, decision);
    case 'mcpTool':
      return elicitationAnswer(decision);
    case 'userInput':
      return { answers: userAnswers(decision) };
  }
}

/** Returns whether a decision lets the agent do what it requested. */
export function isRefusal(request: ApprovalRequest, decision: unknown): boolean {
  const answer = encodeDecision('', request, decision) as Readonly<Record<string, unknown>>;
  if (request.kind === 'userInput') return Object.keys(answer.answers as object).length === 0;
  if (request.kind === 'permissions') return Object.keys(answer.permissions as object).length === 0;
  return ['decline', 'cancel'].includes(String(answer.decision ?? answer.action));
}

function commandDecision(decision: unknown): unknown {
  if (isShorthand(decision)) return decision;
  const prefix = field(decision, 'execPolicyAmendment');
  return Array.isArray(prefix) && prefix.length > 0 && prefix.every((word) => typeof word === 'string')
    ? { acceptWithExecpolicyAmendment: { execpolicy_amendment: prefix } }
    : 'decline';
}

/** This request has no decision: what is not granted is denied. */
function permissionsAnswer(requested: GrantedPermissions, decision: unknown): unknown {
  if (decision === 'accept') return { permissions: requested, scope: 'turn' };
  if (decision === 'acceptForSession') return { permissions: requested, scope: 'session' };
  const granted = field(decision, 'permissions');
  if (typeof granted !== 'object' || granted === null) return { permissions: {}, scope: 'turn' };
  return { permissions: granted, scope: field(decision, 'scope') === 'session' ? 'session' : 'turn' };
}

function elicitationAnswer(decision: unknown): unknown {
  const content = field(decision, 'content');
  if (typeof content === 'object' && content !== null) return { action: 'accept', content, _meta: null };
  if (decision === 'accept') return { action: 'accept', content: {}, _meta: null };
  if (decision === 'acceptForSession') return { action: 'accept', content: {}, _meta: { persist: 'session' } };
  return { action: decision === 'cancel' ? 'cancel' : 'decline', content: null, _meta: null };
}

function userAnswers(decision: unknown): Readonly<Record<string, unknown>> {
  const answers = field(decision, 'answers');
  if (typeof answers !== 'object' || answers === null) return {};
  return Object.fromEntries(
    Object.entries(answers as Readonly<Record<string, unknown>>).map(([id, answer]) => [
      id,
      { answers: (Array.isArray(answer) ? answer : [answer]).map(String) },
    ]),
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
