import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScriptedModel } from '@codex-rx/testing';
import { type Ended, type Program, runProgram, type Started, startProgram } from './program.js';

/** A user with the real CLI, whose model is scripted, in a folder of their own. */
export interface OwnCli extends AsyncDisposable {
  readonly folder: string;
  readonly home: string;
  start(...args: readonly string[]): Started;
  run(...args: readonly string[]): Promise<Ended>;
}

export async function openOwnCli(program: Program, script: Parameters<typeof openScriptedModel>[0]): Promise<OwnCli> {
  const scripted = await openScriptedModel(script);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-cli-')));
  const { env, codexHome } = scripted.options;
  // The records of other tests' runs are not theirs.
  const state = join(folder, '.state');
  const options = { env: { ...env, CODEX_HOME: codexHome, XDG_STATE_HOME: state }, cwd: folder };
  return {
    folder,
    home: codexHome,
    start: (...args) => startProgram(program, args, options),
    run: (...args) => runProgram(program, args, options),
    [Symbol.asyncDispose]: async () => {
      await scripted[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
