// Edits the MCP servers of a home, together with other processes. Arguments: the home, a name, and a number of edits.
import { mcpConfig } from '@codex-rx/core/mcp';
import { firstValueFrom } from 'rxjs';

async function main(): Promise<void> {
  const [home = '', name = '', edits = '0'] = process.argv.slice(2);
  const config = mcpConfig(home);
  for (let index = 0; index < Number(edits); index += 1) {
    await firstValueFrom(config.add$(`${name}-${String(index)}`, { command: ['x', String(index)] }));
    if (index % 2 === 1) await firstValueFrom(config.remove$(`${name}-${String(index)}`));
    else await firstValueFrom(config.update$(`${name}-${String(index)}`, { toolTimeout: 1_000 }));
  }
}

void main();
