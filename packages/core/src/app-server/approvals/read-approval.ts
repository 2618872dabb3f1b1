import * as t from 'io-ts';
import type { FileUpdateChange } from '../../events/items.js';
import type { ApprovalRequest } from './types.js';

/** A request for approval that has been read, and where it belongs. */
export interface ReadApproval {
  readonly threadId: string;
  readonly turnId: string;
  readonly request: ApprovalRequest;
}

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined]);
const context = { threadId: t.string, turnId: t.string, itemId: t.string };

const command = t.intersection([
  t.type(context),
  t.partial({
    command: nullable(t.string),
    cwd: nullable(t.string),
    reason: nullable(t.string),
    proposedExecpolicyAmendment: nullable(t.readonlyArray(t.string)),
    commandActions: nullable(t.readonlyArray(t.type({ type: t.string }))),
  }),
]);
const fileChange = t.intersection([
  t.type(context),
  t.partial({ reason: nullable(t.string), grantRoot: nullable(t.string) }),
]);
const permissions = t.intersection([
  t.type({ ...context, permissions: t.UnknownRecord }),
  t.partial({ cwd: nullable(t.string), reason: nullable(t.string) }),
]);
const elicitation = t.intersection([
  t.type({ threadId: t.string, serverName: t.string }),
  t.partial({
    turnId: nullable(t.string),
    message: nullable(t.string),
    requestedSchema: t.unknown,
    url: nullable(t.string),
    _meta: t.unknown,
  }),
]);
const option = t.type({ label: t.string, description: t.string });
const question = t.intersection([
  t.type({ id: t.string, header: t.string, question: t.string }),
  t.partial({ isSecret: t.boolean, options: nullable(t.readonlyArray(option)) }),
]);
const userInput = t.type({ ...context, questions: t.readonlyArray(question) });
const legacyCommand = t.intersection([
  t.type({ conversationId: t.string, callId: t.string, command: t.readonlyArray(t.string), cwd: t.string }),
  t.partial({ reason: nullable(t.string) }),
]);
const legacyPatch = t.intersection([
  t.type({ conversationId: t.string, callId: t.string }),
  t.partial({ reason: nullable(t.string), grantRoot: nullable(t.string) }),
]);

type ChangesOf = (threadId: string, itemId: string) => readonly FileUpdateChange[];

/** Reads a request; `undefined` for another one, and `malformed` for one with an unexpected shape. */
export function readApproval(
  method: string,
  params: unknown,
  changesOf: ChangesOf,
): ReadApproval | 'malformed' | undefined {
  const reader = Object.hasOwn(readers, method) ? readers[method] : undefined;
  return reader === undefined ? undefined : (reader(params, changesOf) ?? 'malformed');
}

const readers: Readonly<Record<string, (params: unknown, changesOf: ChangesOf) => ReadApproval | undefined>> = {
  'item/commandExecution/requestApproval': (params) =>
    command.is(params)
      ? approval(params, {
          kind: 'command',
          itemId: params.itemId,
          command: params.command ?? undefined,
          cwd: params.cwd ?? undefined,
          reason: params.reason ?? undefined,
          actions: params.commandActions ?? [],
          proposedExecPolicyAmendment: params.proposedExecpolicyAmendment ?? undefined,
          raw: params,
        })
      : undefined,
  'item/fileChange/requestApproval': (params, changesOf) =>
    fileChange.is(params)
      ? approval(params, {
          kind: 'fileChange',
          itemId: params.itemId,
          changes: changesOf(params.threadId, params.itemId),
          reason: params.reason ?? undefined,
          grantRoot: params.grantRoot ?? undefined,
          raw: params,
        })
      : undefined,
  'item/permissions/requestApproval': (params) =>
    permissions.is(params)
      ? approval(params, {
          kind: 'permissions',
          itemId: params.itemId,
          permissions: params.permissions,
          cwd: params.cwd ?? undefined,
          reason: params.reason ?? undefined,
          raw: params,
        })
      : undefined,
  'mcpServer/elicitation/request': (params) => (elicitation.is(params) ? readElicitation(params) : undefined),
  'item/tool/requestUserInput': (params) =>
    userInput.is(params)
      ? approval(params, {
          kind: 'userInput',
          itemId: params.itemId,
          questions: params.questions.map(({ id, header, question: text, isSecret = false, options }) => ({
            id,
            header,
            question: text,
            isSecret,
            options: options ?? [],
          })),
          raw: params,
        })
      : undefined,
  execCommandApproval: (params) =>
    legacyCommand.is(params)
      ? approval(
          { threadId: params.conversationId, turnId: '' },
          {
            kind: 'command',
            itemId: params.callId,
            command: params.command.join(' '),
            cwd: params.cwd,
            reason: params.reason ?? undefined,
            actions: [],
            proposedExecPolicyAmendment: undefined,
            raw: params,
          },
        )
      : undefined,
  applyPatchApproval: (params, changesOf) =>
    legacyPatch.is(params)
      ? approval(
          { threadId: params.conversationId, turnId: '' },
          {
            kind: 'fileChange',
            itemId: params.callId,
            changes: changesOf(params.conversationId, params.callId),
            reason: params.reason ?? undefined,
            grantRoot: params.grantRoot ?? undefined,
            raw: params,
          },
        )
      : undefined,
};

function readElicitation(params: t.TypeOf<typeof elicitation>): ReadApproval {
  const meta = (params._meta ?? {}) as { readonly tool_name?: unknown; readonly tool_params?: unknown };
  return approval(
    { threadId: params.threadId, turnId: params.turnId ?? '' },
    {
      kind: 'mcpTool',
      server: params.serverName,
      message: params.message ?? '',
      tool: typeof meta.tool_name === 'string' ? meta.tool_name : undefined,
      arguments: meta.tool_params,
      schema: params.requestedSchema,
      url: params.url ?? undefined,
      raw: params,
    },
  );
}

function approval(
  { threadId, turnId }: { readonly threadId: string; readonly turnId: string },
  request: ApprovalRequest,
): ReadApproval {
  return { threadId, turnId, request };
}
