// Stores an MCP server in a home, starts it, and calls its tools without an agent.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mcpConfig, mcpRuntimes } from '@codex-rx/core/mcp';
import { firstValueFrom, lastValueFrom } from 'rxjs';

// A server that someone else has written.
const program = `
  import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
  import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
  const server = new McpServer({ name: 'greeter', version: '1.0.0' });
  server.registerTool('greet', { description: 'Greets.' }, () => ({
    content: [{ type: 'text', text: process.env.GREETING + ', world!' }],
  }));
  await server.connect(new StdioServerTransport());
`;

const home = await mkdtemp(join(tmpdir(), 'mcp-servers-'));
try {
  const config = mcpConfig(home);
  const command = [process.execPath, '--input-type=module', '--eval', program];
  // The name of the variable is stored, not its value.
  await firstValueFrom(config.add$('greeter', { command, cwd: import.meta.dirname, envVars: ['GREETING'] }));

  const runtimes = mcpRuntimes(await firstValueFrom(config.list$()), { env: { GREETING: 'Hello' } });
  await using greeter = await runtimes.prepare('greeter');
  const tools = await firstValueFrom(greeter.tools$());
  console.log(tools.map(({ name, description }) => `${name}: ${description}`).join('\n'));
  const last = await lastValueFrom(greeter.call$('greet'));
  if (last.type === 'result') console.log(last.result.content[0]?.text);
} finally {
  await rm(home, { recursive: true });
}
