import type { FileUpdateChange } from '../../events/items.js';
import { type Fields, isObject } from '../../events/schema/fields.js';
import { changeOf } from '../../rollouts/mapping/recorded-items.js';
import { joinWords } from '../../rollouts/mapping/shell-words.js';

/** A request for approval, as the app-server would send it. */
export interface Elicitation {
  readonly method: 'item/commandExecution/requestApproval' | 'item/fileChange/requestApproval';
  readonly params: Readonly<Record<string, unknown>> & { readonly threadId: string; readonly turnId: string };
  readonly changes: readonly FileUpdateChange[];
}

/** Names of the app-server for the parts of a command. */
const ACTIONS: Readonly<Record<string, string>> = { read: 'read', list_files: 'listFiles', search: 'search' };

/** Reads the parameters of `elicitation/create`; `undefined` for a question that is not one for approval. */
export function readElicitation(params: unknown, reasonOf: (callId: string) => unknown): Elicitation | undefined {
  const fields: Fields = isObject(params) ? params : {};
  const { threadId, codex_event_id: turnId, codex_call_id: itemId, codex_elicitation: kind } = fields;
  if (typeof threadId !== 'string' || typeof turnId !== 'string' || typeof itemId !== 'string') return undefined;
  const common = { threadId, turnId, itemId, reason: reasonOf(itemId) };
  if (kind === 'patch-approval') {
    const changes = isObject(fields.codex_changes) ? Object.entries(fields.codex_changes).map(changeOf) : [];
    return { method: 'item/fileChange/requestApproval', params: common, changes };
  }
  const { codex_command: command, codex_cwd: cwd, codex_parsed_cmd: parts } = fields;
  if (kind !== 'exec-approval' || !Array.isArray(command)) return undefined;
  const commandActions = (Array.isArray(parts) ? parts : []).map((part: unknown) => ({
    type: ACTIONS[isObject(part) ? String(part.type) : ''] ?? 'unknown',
  }));
  return {
    method: 'item/commandExecution/requestApproval',
    params: { ...common, command: joinWords(command.map(String)), cwd, commandActions },
    changes: [],
  };
}

const DECISIONS: Readonly<Record<string, string>> = {
  accept: 'approved',
  acceptForSession: 'approved_for_session',
  decline: 'denied',
  cancel: 'abort',
};

/**
 * Returns the answer to an elicitation. The CLI reads `decision`, which MCP does not have; without it, it takes every
 * answer for a refusal.
 */
export function elicitationAnswer(result: unknown): object {
  const given = isObject(result) ? result.decision : undefined;
  // The other decision of a command also accepts it, and changes rules, which this server cannot.
  const decision = typeof given === 'string' ? (DECISIONS[given] ?? 'denied') : isObject(given) ? 'approved' : 'denied';
  const action = decision.startsWith('approved') ? 'accept' : decision === 'abort' ? 'cancel' : 'decline';
  return { action, content: {}, decision };
}
