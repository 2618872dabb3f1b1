import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  marketplaceAdd$,
  marketplaceList$,
  marketplaceRemove$,
  marketplaceUpgrade$,
  pluginAdd$,
  pluginList$,
  pluginRemove$,
} from '@codex-rx/core/commands';
import { privateFolder, realCli, removeFolders } from '../support/real.js';
import { errorOf, valuesOf } from '../support/stand-in.js';

afterEach(removeFolders);

/** A local marketplace with one plugin. */
function marketplace(): string {
  const root = privateFolder();
  const plugin = join(root, 'plugins', 'sample', '.codex-plugin');
  mkdirSync(join(root, '.agents', 'plugins'), { recursive: true });
  mkdirSync(plugin, { recursive: true });
  writeFileSync(join(plugin, 'plugin.json'), '{"name":"sample","version":"1.2.0","description":"A sample"}');
  const plugins = [{ name: 'sample', source: { source: 'local', path: './plugins/sample' } }];
  writeFileSync(join(root, '.agents', 'plugins', 'marketplace.json'), JSON.stringify({ name: 'debug', plugins }));
  return root;
}

describe('the real CLI: plugins', () => {
  it('adds a marketplace, installs and removes a plugin', async () => {
    const options = { ...realCli(), enable: ['plugins'] };
    const source = marketplace();
    await expect(valuesOf(marketplaceAdd$({ ...options, source }))).resolves.toMatchObject([
      { marketplaceName: 'debug', alreadyAdded: false },
    ]);
    await expect(valuesOf(marketplaceList$(options))).resolves.toMatchObject([[{ name: 'debug', root: source }]]);
    const sample = { pluginId: 'sample@debug', name: 'sample', marketplaceName: 'debug' };
    await expect(valuesOf(pluginList$({ ...options, available: true }))).resolves.toMatchObject([
      { installed: [], available: [{ ...sample, installed: false }] },
    ]);
    await expect(valuesOf(pluginAdd$({ ...options, plugin: 'sample@debug' }))).resolves.toMatchObject([
      { ...sample, version: '1.2.0' },
    ]);
    await expect(valuesOf(pluginList$({ ...options, marketplace: 'debug' }))).resolves.toMatchObject([
      { installed: [{ ...sample, installed: true }], available: [] },
    ]);
    const request = { ...options, plugin: 'sample', marketplace: 'debug' };
    await expect(valuesOf(pluginRemove$(request))).resolves.toEqual([sample]);
    await expect(valuesOf(marketplaceUpgrade$(options))).resolves.toMatchObject([{ errors: [] }]);
    await expect(valuesOf(marketplaceRemove$({ ...options, name: 'debug' }))).resolves.toMatchObject([
      { marketplaceName: 'debug' },
    ]);
    await expect(errorOf(pluginAdd$({ ...options, plugin: 'none@debug' }))).resolves.toMatchObject({ code: 'EXIT' });
  });
});
