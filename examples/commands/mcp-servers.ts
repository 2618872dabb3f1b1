// Adds, lists and removes MCP servers in the configuration of a home.
//   npm run example -- mcp-servers --live    only lists your own
import { createCodex } from '@codex-rx/core';
import type { McpServer } from '@codex-rx/core/commands';
import { concat, lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const { mcp } = createCodex(source.options);

function describe({ name, enabled, transport }: McpServer): string {
  const target = transport.type === 'stdio' ? transport.command : transport.type === 'unknown' ? '' : transport.url;
  return `${name}: ${target}, ${enabled ? 'enabled' : 'disabled'}`; // not `env`: it may contain secrets
}

if (!source.isLive) {
  await concat(
    mcp.add$({ name: 'docs', server: { command: ['npx', '-y', 'docs-server'], env: { DOCS_TOKEN: 'secret' } } }),
    mcp.add$({ name: 'web', server: { url: 'https://mcp.example/mcp', bearerTokenEnvVar: 'WEB_TOKEN' } }),
  ).forEach(({ server, replaced }) => {
    console.log(`${replaced ? 'replaced' : 'added'} ${server.name}`);
  });
}

for (const server of await lastValueFrom(mcp.list$())) console.log(describe(server));

if (!source.isLive) {
  console.log(describe(await lastValueFrom(mcp.get$({ name: 'docs' }))));
  const { removed } = await lastValueFrom(mcp.remove$({ name: 'docs' }));
  console.log(`removed docs: ${removed}`);
}
