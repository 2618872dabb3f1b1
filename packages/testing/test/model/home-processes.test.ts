import { readdirSync } from 'node:fs';
import { model, openScriptedModel } from '../../src/model/index.js';
import { findProcesses } from '../../src/processes/find-processes.js';
import { waitUntil } from '../../src/processes/wait-until.js';
import { codexHome, useModelRoot } from '../helpers/model-root.js';
import { runCodex } from '../helpers/run-codex.js';

const root = useModelRoot();

describe('terminateHomeProcesses', () => {
  it('kills a running CLI and its commands before the home is removed', async () => {
    const scripted = await openScriptedModel([model.run('sleep 1000', { background: true }), model.run('sleep 1001')], {
      root: root(),
    });
    const running = runCodex(scripted, 'Do it');
    await waitUntil(() => findProcesses('CODEX_HOME', codexHome(scripted)).length >= 3);
    await scripted.close();
    expect(findProcesses('CODEX_HOME', codexHome(scripted))).toEqual([]);
    expect((await running).code).toBeNull();
    expect(readdirSync(root())).toEqual([]);
  });
});
