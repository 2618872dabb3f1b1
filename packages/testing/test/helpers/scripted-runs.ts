import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ModelScript,
  openScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
} from '../../src/model/index.js';
import { type Item, runCodex } from './run-codex.js';

/** Creates a folder for each test of a file, and runs the real CLI in it with a scripted model. */
export function scriptedRuns() {
  let folder = '';
  let scripted: ScriptedModel | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codex-rx-test-'));
  });

  afterEach(async () => {
    await scripted?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    /** The working directory of the current test. */
    folder: () => folder,
    /** Runs the CLI and asserts that it used the whole script. */
    run: async (script: ModelScript, options?: ScriptedModelOptions, args: readonly string[] = []) => {
      scripted = await openScriptedModel(script, options);
      const ran = await runCodex(scripted, 'Do it', { cwd: folder, args });
      scripted.assertDone();
      return { ...ran, requests: scripted.requests };
    },
  };
}

export const ofType = (items: readonly Item[], type: string) => items.filter((item) => item.type === type);
