// An MCP server over standard input and output, for tests. Its argument is what it does:
//   tools     a server of the MCP SDK, with the tools `echo`, `environment`, `count` (with progress), `fail`, `wait`
//             (until it is cancelled), `exit` and `daemon`
//   many      tools on many pages; `loop`: pages without an end
//   silent, garbage, huge, ansi, dies, stubborn: servers that misbehave
const { spawn } = require('node:child_process');
const mode = process.argv[2] ?? 'tools';

const text = (value) => ({ content: [{ type: 'text', text: value }] });

async function serve() {
  const { Server } = require('@modelcontextprotocol/sdk/server/index.js');
  const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
  const { CallToolRequestSchema, ListToolsRequestSchema, McpError } = require('@modelcontextprotocol/sdk/types.js');
  const server = new Server({ name: 'test-server', version: '1.2.3' }, { capabilities: { tools: {} } });
  const names = ['echo', 'environment', 'count', 'fail', 'wait', 'exit', 'daemon'];
  const describe = (name) => ({ name, description: `\u001b[31m${name}`, inputSchema: { type: 'object' } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: names.map(describe) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification, _meta }) => {
    switch (params.name) {
      case 'echo':
        return { ...text(JSON.stringify(params.arguments)), structuredContent: { given: params.arguments } };
      case 'environment':
        return text(JSON.stringify(process.env));
      case 'count':
        for (const progress of [1, 2, 3])
          await sendNotification({
            method: 'notifications/progress',
            params: { progressToken: _meta.progressToken, progress, total: 3, message: `step ${progress}` },
          });
        return text('counted');
      case 'fail':
        if (params.arguments?.how === 'throw')
          throw new McpError(params.arguments.rpcCode ?? -32050, 'no \u001b[31mred\u001b[0m text', { reason: 'full' });
        return { ...text('it failed'), isError: true };
      case 'wait':
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        process.stderr.write('cancelled\n');
        return text('late');
      case 'exit':
        process.stderr.write('Error: the disk is full\n');
        process.exit(3);
        break;
      case 'daemon': {
        const { pid } = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
        return text(String(pid));
      }
      default:
        return { ...text('unknown tool'), isError: true };
    }
  });
  await server.connect(new StdioServerTransport());
}

/** A server without the SDK, which starts faster. */
function serveRaw() {
  const answers = {
    initialize: ({ protocolVersion }) => ({
      protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'raw', version: '0' },
    }),
    'tools/list': ({ cursor = '0' }) => ({
      tools: [{ name: `tool-${cursor}`, inputSchema: { type: 'object' } }],
      nextCursor: mode === 'loop' ? '1' : cursor < 2 ? String(Number(cursor) + 1) : undefined,
    }),
    'tools/call': () => text('{}'),
  };
  require('node:readline')
    .createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { id, method, params = {} } = JSON.parse(line);
      if (id !== undefined)
        process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: answers[method](params) })}\n`);
    });
}

switch (mode) {
  case 'silent':
    process.stdin.resume();
    break;
  case 'garbage':
    process.stdout.write('hello\n{"jsonrpc":"1.0"}\n[]\nnull\n\u001b[2J{"a":\n{"jsonrpc":"2.0","id":99,"result":{}}\n');
    serveRaw();
    break;
  case 'huge':
    // A line without an end.
    process.stdin.resume();
    setInterval(() => process.stdout.write('x'.repeat(1 << 20)), 1);
    break;
  case 'ansi':
    process.stderr.write('\u001b[2JError: \u001b[31mbad\u001b[0m\n');
    process.exit(2);
    break;
  case 'dies':
    process.exit(7);
    break;
  case 'stubborn':
    process.on('SIGTERM', () => undefined);
    process.on('SIGINT', () => undefined);
    setInterval(() => undefined, 1000);
    serveRaw();
    break;
  case 'many':
  case 'loop':
    serveRaw();
    break;
  default:
    void serve();
}
