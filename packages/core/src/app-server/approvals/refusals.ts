/** Answers that refuse a request, by method. */
export const REFUSALS: Readonly<Record<string, unknown>> = {
  'item/commandExecution/requestApproval': { decision: 'decline' },
  'item/fileChange/requestApproval': { decision: 'decline' },
  'item/permissions/requestApproval': { permissions: {}, scope: 'turn' },
  'mcpServer/elicitation/request': { action: 'decline', content: null, _meta: null },
  'item/tool/requestUserInput': { answers: {} },
  'item/tool/call': {
    contentItems: [{ type: 'inputText', text: 'The client does not have this tool.' }],
    success: false,
  },
  execCommandApproval: { decision: 'denied' },
  applyPatchApproval: { decision: 'denied' },
};
