// Adds a local marketplace and installs its plugin. Install only plugins that you trust: they can start programs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const { plugins, marketplaces } = createCodex({ ...source.options, enable: ['plugins'] });

if (!source.isLive) {
  writeMarketplace(source.folder);
  const { marketplaceName } = await lastValueFrom(marketplaces.add$({ source: source.folder }));
  console.log(`added ${marketplaceName}`);
  const { available } = await lastValueFrom(plugins.list$({ available: true }));
  console.log(`available: ${available.map(({ pluginId }) => pluginId).join(', ')}`);
  const { name, version } = await lastValueFrom(plugins.add$({ plugin: 'hello', marketplace: marketplaceName }));
  console.log(`installed ${name} ${version}`);
}

const { installed } = await lastValueFrom(plugins.list$());
console.log(`installed: ${installed.map(({ pluginId }) => pluginId).join(', ')}`);

function writeMarketplace(root: string): void {
  const plugin = join(root, 'plugins', 'hello', '.codex-plugin');
  mkdirSync(plugin, { recursive: true });
  writeFileSync(join(plugin, 'plugin.json'), '{"name":"hello","version":"1.0.0","description":"Says hello"}');
  const entries = [{ name: 'hello', source: { source: 'local', path: './plugins/hello' } }];
  mkdirSync(join(root, '.agents', 'plugins'), { recursive: true });
  writeFileSync(
    join(root, '.agents', 'plugins', 'marketplace.json'),
    JSON.stringify({ name: 'examples', plugins: entries }),
  );
}
