import type { ObservableInput } from 'rxjs';
import type { FileUpdateChange } from '../../events/items.js';
import type { AnswerOf, ServerParamsOf } from '../../protocol/messages.js';

/** The agent wants to run a command. */
export interface CommandApproval {
  /** The agent wants to run a command. */
  readonly kind: 'command';
  /** The id of the command's item. */
  readonly itemId: string;
  /** A line to show, such as `/bin/bash -lc 'npm publish'`. `undefined` for a request about the network only. */
  readonly command: string | undefined;
  /** The working directory of the command. */
  readonly cwd: string | undefined;
  /** The agent's reason. */
  readonly reason: string | undefined;
  /** Parts of the command as the CLI understands it: `read`, `listFiles`, `search`, or `unknown`. */
  readonly actions: readonly { readonly type: string }[];
  /** Prefix of commands that `{ execPolicyAmendment }` would always allow. */
  readonly proposedExecPolicyAmendment: readonly string[] | undefined;
  /** The request, as the server sent it. */
  readonly raw: unknown;
}

/** The agent wants to change files. */
export interface FileChangeApproval {
  /** The agent wants to change files. */
  readonly kind: 'fileChange';
  /** The id of the patch's item. */
  readonly itemId: string;
  /** The changes with their diffs; empty if they are not known, as for a sub-agent. */
  readonly changes: readonly FileUpdateChange[];
  /** The agent's reason. */
  readonly reason: string | undefined;
  /** A folder in which the agent would be allowed to write for the rest of the session. */
  readonly grantRoot: string | undefined;
  /** The request, as the server sent it. */
  readonly raw: unknown;
}

/** The permissions that the agent asks for. */
export type PermissionProfile = ServerParamsOf<'item/permissions/requestApproval'>['permissions'];
/** The permissions that an answer grants. */
export type GrantedPermissions = AnswerOf<'item/permissions/requestApproval'>['permissions'];

/** The agent wants more permissions for its commands. */
export interface PermissionsApproval {
  /** The agent asks for more permissions. */
  readonly kind: 'permissions';
  /** The id of the item that needs the permissions. */
  readonly itemId: string;
  /** The permissions that the agent asks for. */
  readonly permissions: PermissionProfile;
  /** The working directory of the agent. */
  readonly cwd: string | undefined;
  /** The agent's reason. */
  readonly reason: string | undefined;
  /** The request, as the server sent it. */
  readonly raw: unknown;
}

/** An MCP server asks: for a call to one of its tools, or for the fields of a form. */
export interface McpToolApproval {
  /** The agent wants to call a tool of an MCP server. */
  readonly kind: 'mcpTool';
  /** The name of the MCP server. */
  readonly server: string;
  /** The question of the server. */
  readonly message: string;
  /** The tool; `undefined` if the server itself asks. */
  readonly tool: string | undefined;
  /** The arguments of the call. */
  readonly arguments: unknown;
  /** JSON Schema of the fields that `{ content }` must have. */
  readonly schema: unknown;
  /** A page that the server wants the user to open. */
  readonly url: string | undefined;
  /** The request, as the server sent it. */
  readonly raw: unknown;
}

/** A question of the agent. */
export interface UserInputQuestion {
  /** The id of the question, for the answer. */
  readonly id: string;
  /** A short title. */
  readonly header: string;
  /** The text of the question. */
  readonly question: string;
  /** The answer is a secret, such as a password. */
  readonly isSecret: boolean;
  /** The answers to choose from. */
  readonly options: readonly { readonly label: string; readonly description: string }[];
}

/** The agent asks the user. */
export interface UserInputApproval {
  /** The agent asks the user. */
  readonly kind: 'userInput';
  /** The id of the item that asks. */
  readonly itemId: string;
  /** The questions. */
  readonly questions: readonly UserInputQuestion[];
  /** The request, as the server sent it. */
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

/** The turn that an approval belongs to. */
export interface ApprovalContext {
  /** The thread of the request. */
  readonly threadId: string;
  /** The turn of the request. */
  readonly turnId: string;
  /** Aborted when an answer is no longer wanted: the turn is over, or another client has answered. */
  readonly signal: AbortSignal;
}

/**
 * Decides about a request. The first emission is the answer. No emission, an error or no answer within ten minutes
 * declines. Declare the result of an `async` function: `async (request): Promise<ApprovalDecision> => 'accept'`.
 */
export type ApprovalHandler = (request: ApprovalRequest, context: ApprovalContext) => ObservableInput<ApprovalDecision>;
