import * as t from 'io-ts';
import { nullable } from './nullable.js';

const base = { id: t.string };

const userInput = t.intersection([t.type({ type: t.string }), t.partial({ text: t.string })]);
const fileChange = t.type({
  path: t.string,
  kind: t.intersection([t.type({ type: t.string }), t.partial({ move_path: nullable(t.string) })]),
  diff: t.string,
});
const agentState = t.intersection([t.type({ status: t.string }), t.partial({ message: nullable(t.string) })]);
const mcpResult = t.intersection([
  t.type({ content: t.readonlyArray(t.unknown) }),
  t.partial({ structuredContent: t.unknown, _meta: t.unknown }),
]);

/** The fields that are read of the items of the protocol, by their type. */
export const itemCodecs = {
  userMessage: t.type({ ...base, content: t.readonlyArray(userInput) }),
  agentMessage: t.intersection([t.type({ ...base, text: t.string }), t.partial({ phase: nullable(t.string) })]),
  reasoning: t.type({ ...base, summary: t.readonlyArray(t.string) }),
  plan: t.type({ ...base, text: t.string }),
  commandExecution: t.intersection([
    t.type({ ...base, command: t.string, status: t.string }),
    t.partial({
      cwd: t.string,
      aggregatedOutput: nullable(t.string),
      exitCode: nullable(t.number),
      durationMs: nullable(t.number),
    }),
  ]),
  fileChange: t.type({ ...base, changes: t.readonlyArray(fileChange), status: t.string }),
  mcpToolCall: t.intersection([
    t.type({ ...base, server: t.string, tool: t.string, status: t.string }),
    t.partial({ arguments: t.unknown, result: nullable(mcpResult), error: nullable(t.type({ message: t.string })) }),
  ]),
  dynamicToolCall: t.intersection([
    t.type({ ...base, tool: t.string, status: t.string }),
    t.partial({
      namespace: nullable(t.string),
      arguments: t.unknown,
      contentItems: nullable(t.readonlyArray(t.unknown)),
      success: nullable(t.boolean),
    }),
  ]),
  collabAgentToolCall: t.intersection([
    t.type({
      ...base,
      tool: t.string,
      status: t.string,
      senderThreadId: t.string,
      receiverThreadIds: t.readonlyArray(t.string),
    }),
    t.partial({ prompt: nullable(t.string), agentsStates: t.record(t.string, agentState) }),
  ]),
  webSearch: t.intersection([
    t.type({ ...base, query: t.string }),
    t.partial({ action: nullable(t.intersection([t.type({ type: t.string }), t.UnknownRecord])) }),
  ]),
  imageView: t.type({ ...base, path: t.string }),
  contextCompaction: t.type(base),
} as const;

export type WireItems = { readonly [K in keyof typeof itemCodecs]: t.TypeOf<(typeof itemCodecs)[K]> };
