import type { ObservableInput } from 'rxjs';
import type { FileUpdateChange } from '../../events/items.js';
import type { AnswerOf, ServerParamsOf } from '../../protocol/messages.js';

/** The agent wants to run a command. */
export interface CommandApproval {
  readonly kind: 'command';
  readonly itemId: string;
  /** A line to show, such as `/bin/bash -lc 'npm publish'`. `undefined` for a request about the network only. */
  readonly command: string | undefined;
  readonly cwd: string | undefined;
  readonly reason: string | undefined;
  /** Parts of the command as the CLI understands it: `read`, `listFiles`, `search`, or `unknown`. */
  readonly actions: readonly { readonly type: string }[];
  /** Prefix of commands that `{ execPolicyAmendment }` would always allow. */
  readonly proposedExecPolicyAmendment: readonly string[] | undefined;
  readonly raw: unknown;
}

/** The agent wants to change files. */
export interface FileChangeApproval {
  readonly kind: 'fileChange';
  readonly itemId: string;
  /** The changes with their diffs; empty if they are not known, as for a sub-agent. */
  readonly changes: readonly FileUpdateChange[];
  readonly reason: string | undefined;
  /** A folder in which the agent would be allowed to write for the rest of the session. */
  readonly grantRoot: string | undefined;
  readonly raw: unknown;
}

export type PermissionProfile = ServerParamsOf<'item/permissions/requestApproval'>['permissions'];
export type GrantedPermissions = AnswerOf<'item/permissions/requestApproval'>['permissions'];

/** The agent wants more permissions for its commands. */
export interface PermissionsApproval {
  readonly kind: 'permissions';
  readonly itemId: string;
  readonly permissions: PermissionProfile;
  readonly cwd: string | undefined;
  readonly reason: string | undefined;
  readonly raw: unknown;
}

/** An MCP server asks: for a call to one of its tools, or for the fields of a form. */
export interface McpToolApproval {
  readonly kind: 'mcpTool';
  readonly server: string;
  readonly message: string;
  /** The tool; `undefined` if the server itself asks. */
  readonly tool: string | undefined;
  readonly arguments: unknown;
  /** JSON Schema of the fields that `{ content }` must have. */
  readonly schema: unknown;
  /** A page that the server wants the user to open. */
  readonly url: string | undefined;
  readonly raw: unknown;
}

export interface UserInputQuestion {
  readonly id: string;
  readonly header: string;
  readonly question: string;
  /** The answer is a secret, such as a password. */
  readonly isSecret: boolean;
  readonly options: readonly { readonly label: string; readonly description: string }[];
}

/** The agent asks the user. */
export interface UserInputApproval {
  readonly kind: 'userInput';
  readonly itemId: string;
  readonly questions: readonly UserInputQuestion[];
  readonly raw: unknown;
}

/** A request for approval, discriminated on `kind`. `raw` has the parameters of the protocol. */
export type ApprovalRequest =
  | CommandApproval
  | FileChangeApproval
  | PermissionsApproval
  | McpToolApproval
  | UserInputApproval;

/**
 * The answer to a request.
 *
 * `decline` refuses, and the turn continues; `cancel` refuses and ends the turn where the protocol can express it. An
 * object that does not fit the kind of the request declines.
 */
export type ApprovalDecision =
  | 'accept'
  | 'acceptForSession'
  | 'decline'
  | 'cancel'
  /** For `command`: accept, and never ask again for commands with this prefix. */
  | { readonly execPolicyAmendment: readonly string[] }
  /** For `permissions`: grant these, for the turn (default) or the session. */
  | { readonly permissions: GrantedPermissions; readonly scope?: 'turn' | 'session' }
  /** For `mcpTool`: accept with the fields of the form. */
  | { readonly content: Readonly<Record<string, unknown>> }
  /** For `userInput`: the answers by the id of the question. */
  | { readonly answers: Readonly<Record<string, string | readonly string[]>> };

export interface ApprovalContext {
  readonly threadId: string;
  readonly turnId: string;
  /** Aborted when an answer is no longer wanted: the turn is over, or another client has answered. */
  readonly signal: AbortSignal;
}

/**
 * Decides about a request. The first emission is the answer. No emission, an error or no answer within ten minutes
 * declines.
 */
export type ApprovalHandler = (request: ApprovalRequest, context: ApprovalContext) => ObservableInput<ApprovalDecision>;
