// The declarations of @openai/codex-sdk import this module, but its package does not depend on it. The shapes are
// those of the MCP specification.
declare module '@modelcontextprotocol/sdk/types.js' {
  export type ContentBlock =
    | { type: 'text'; text: string }
    | { type: 'image'; data: string; mimeType: string }
    | { type: 'audio'; data: string; mimeType: string }
    | { type: 'resource_link'; uri: string; name: string }
    | { type: 'resource'; resource: { uri: string; text: string } | { uri: string; blob: string } };
}
