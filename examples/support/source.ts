import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { type CodexOptions, resolveBinary } from '@codex-rx/core';
import {
  type FakeScript,
  type FixtureName,
  fixtureScript,
  type ModelScript,
  openFakeCodex,
  openScriptedModel,
} from '@codex-rx/testing';

/** The CLI that an example runs. */
export interface Source extends AsyncDisposable {
  readonly isLive: boolean;
  /** Options that select the CLI, for `createCodex` and for requests. */
  readonly options: CodexOptions;
  /** With `--live` the user's folder, otherwise an empty one, which is removed at the end. */
  readonly folder: string;
  /** The arguments that are not flags. */
  readonly args: readonly string[];
}

export interface SourceOptions {
  /** The responses of the model, for the default. An example that starts no turn needs none. */
  readonly script?: ModelScript;
  /** The recorded run that `--sample` replays, or several runs. */
  readonly sample?: FixtureName | FakeScript;
}

/**
 * Selects the CLI by the flags of the command line: without flags the real CLI with a scripted model and a home of its
 * own, with `--sample` a fake CLI that replays a recorded run, with `--live` the user's CLI, configuration and login.
 */
export async function openSource({ script = [], sample }: SourceOptions = {}): Promise<Source> {
  const flags = { sample: { type: 'boolean' }, live: { type: 'boolean' } } as const;
  const { values, positionals: args } = parseArgs({ options: flags, allowPositionals: true });
  if (values.live === true) {
    const folder = process.env.INIT_CWD ?? process.cwd();
    const options = { binary: userBinary() };
    return { isLive: true, options, folder, args, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  if (values.sample === true && sample === undefined) {
    console.error('This example has no recorded run. Run it without --sample.');
    process.exit(2);
  }
  const parent = mkdtempSync(join(tmpdir(), 'codex-rx-example-'));
  const folder = mkdtempSync(join(parent, 'work-'));
  const cli =
    values.sample === true && sample !== undefined
      ? await openFakeCodex(typeof sample === 'string' ? fixtureScript(sample) : sample)
      : await openScriptedModel(script);
  return {
    isLive: false,
    options: { codexHome: join(parent, 'home'), ...cli.options },
    folder,
    args,
    [Symbol.asyncDispose]: async () => {
      await cli[Symbol.asyncDispose]();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** `CODEX_BINARY`, otherwise `codex` on the user's `PATH`, to which npm adds the tools of this repository. */
function userBinary(): string {
  if (process.env.CODEX_BINARY) return resolveBinary();
  const folders = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.endsWith(`node_modules${sep}.bin`));
  return resolveBinary({ binary: 'codex', env: { PATH: folders.join(delimiter) } });
}
