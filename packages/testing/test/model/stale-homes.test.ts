import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openScriptedModel } from '../../src/model/index.js';
import { codexHome, useModelRoot } from '../helpers/model-root.js';

const root = useModelRoot();

describe('removeStaleHomes', () => {
  it('removes homes of killed processes of this machine, and others after a day', async () => {
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = root();
    try {
      const models = join(root(), 'codex-rx', 'models');
      const opened = await openScriptedModel([]);
      const here = /-[0-9a-f]+-/.exec(basename(dirname(codexHome(opened))))?.[0] ?? '';
      await opened.close();
      const ended = String(spawnSync(process.execPath, ['--version']).pid);
      const now = Date.now() / 1000;
      const homes: Record<string, number> = {
        [`${ended}${here}a`]: now,
        [`${ended}-0123456789ab-old`]: now - 2 * 24 * 60 * 60,
        [`${ended}-0123456789ab-new`]: now,
        [`${String(process.pid)}${here}mine`]: now - 2 * 24 * 60 * 60,
        'something-else': now - 2 * 24 * 60 * 60,
      };
      for (const [name, time] of Object.entries(homes)) {
        mkdirSync(join(models, name), { recursive: true });
        utimesSync(join(models, name), time, time);
      }
      await (await openScriptedModel([])).close();
      const left = [`${ended}-0123456789ab-new`, `${String(process.pid)}${here}mine`, 'something-else'];
      expect(readdirSync(models).sort()).toEqual(left.sort());
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    }
  });
});
