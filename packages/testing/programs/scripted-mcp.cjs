'use strict';
// An MCP server on standard input and output. Its first argument is a JSON file with the results of its tools.
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const [, , file] = process.argv;
const { name, tools } = JSON.parse(readFileSync(file, 'utf8'));

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

function callResult(result) {
  if (typeof result === 'string') return { content: [{ type: 'text', text: result }] };
  if (result.error !== undefined) return { content: [{ type: 'text', text: result.error }], isError: true };
  return {
    content: [{ type: 'text', text: result.text }],
    ...(result.structured !== undefined && { structuredContent: result.structured }),
  };
}

async function call(id, tool) {
  if (!Object.hasOwn(tools, tool)) {
    send({ id, error: { code: -32602, message: `Unknown tool: ${tool}` } });
    return;
  }
  const result = tools[tool];
  if (result.delay > 0) await new Promise((resolve) => setTimeout(resolve, result.delay));
  if (result.crash === true) process.exit(1);
  send({ id, result: callResult(result) });
}

const methods = {
  initialize: (params) => ({
    protocolVersion: params.protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name, version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({
    tools: Object.keys(tools).map((tool) => ({
      name: tool,
      description: `The scripted tool ${tool}.`,
      inputSchema: { type: 'object' },
      // Without this hint, the CLI requests an approval in a sandbox.
      annotations: { readOnlyHint: true },
    })),
  }),
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) return;
    if (method === 'tools/call') void call(id, params.name);
    else if (Object.hasOwn(methods, method)) send({ id, result: methods[method](params) });
    else send({ id, error: { code: -32601, message: `Unknown method: ${method}` } });
  })
  .on('close', () => process.exit(0));
