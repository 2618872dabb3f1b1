import {
  marketplaceAdd$,
  marketplaceList$,
  marketplaceRemove$,
  marketplaceUpgrade$,
  pluginAdd$,
  pluginList$,
  pluginRemove$,
} from '@codex-rx/core/commands';
import { errorOf, removeStandIns, says, valuesOf } from '../support/stand-in.js';

afterEach(removeStandIns);

const PLUGIN = { pluginId: 'a@b', name: 'a', marketplaceName: 'b', installed: true, enabled: true, version: '1.0.0' };

describe('plugins and marketplaces', () => {
  it('rejects an empty plugin, and passes a name with a dash as an argument', async () => {
    const cli = says('{}');
    await expect(errorOf(pluginAdd$({ binary: cli.binary, plugin: '' }))).resolves.toMatchObject({ field: 'plugin' });
    await errorOf(pluginAdd$({ binary: cli.binary, plugin: 'a@-x', marketplace: 'm' }));
    const words = cli.invocations().map(({ argv }) => argv.slice(-2));
    expect(words).toContainEqual(['--', 'a@-x']);
  });

  it('rejects a version without the commands', async () => {
    const { binary } = says('{}', 0, '0.125.0');
    for (const source$ of [
      pluginList$({ binary }),
      pluginRemove$({ binary, plugin: 'a@b' }),
      marketplaceList$({ binary }),
      marketplaceAdd$({ binary, source: 'a/b' }),
      marketplaceRemove$({ binary, name: 'b' }),
      marketplaceUpgrade$({ binary }),
    ])
      await expect(errorOf(source$)).resolves.toMatchObject({ code: 'CAPABILITY_UNSUPPORTED' });
  });

  it('keeps fields that it does not know', async () => {
    const list = { installed: [{ ...PLUGIN, later: 1 }], available: [] };
    await expect(valuesOf(pluginList$({ binary: says(JSON.stringify(list)).binary }))).resolves.toEqual([list]);
  });

  it('errors for another document', async () => {
    const error = await errorOf(pluginList$({ binary: says('{"installed":[{"name":1}]}').binary }));
    expect(error).toMatchObject({ code: 'COMMAND_PARSE' });
  });
});
