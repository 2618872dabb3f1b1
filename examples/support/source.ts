import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { type CodexOptions, resolveBinary } from '@codex-rx/core';
import {
  type FakeScript,
  type FixtureName,
  fixtureScript,
  type ModelScript,
  openFakeAppServer,
  openFakeCodex,
  openScriptedModel,
  transcriptScript,
} from '@codex-rx/testing';

const STORED_SESSION = 'rollout-2026-11-30T10-00-00-01a205c4-69f5-7682-91b9-0f9fa5d429a7.jsonl';

/** The CLI that an example runs. */
export interface Source extends AsyncDisposable {
  readonly isLive: boolean;
  /** Options that select the CLI, for `createCodex` and for requests. */
  readonly options: CodexOptions;
  /** The folder of the user, to which paths in `args` are relative. */
  readonly userFolder: string;
  /** A folder for the agent: with `--live` that of the user, otherwise an empty one. */
  readonly folder: string;
  /** An empty folder for the example itself, outside of `folder`. Removed at the end, as every empty folder here. */
  readonly scratch: string;
  /** The arguments that are not flags. */
  readonly args: readonly string[];
}

export interface SourceOptions {
  /** The responses of the model, for the default. An example that starts no turn needs none. */
  readonly script?: ModelScript;
  /** The recorded run that `--sample` replays, or several runs. */
  readonly sample?: FixtureName | FakeScript | undefined;
  /** The recorded session with an app-server that `--sample` replays: a file in `support/sessions`. */
  readonly session?: string | undefined;
}

/**
 * Selects the CLI by the flags of the command line: without flags the real CLI with a scripted model and a home of its
 * own, with `--sample` a fake CLI that replays a recorded run, with `--live` the user's CLI, configuration and login.
 */
export async function openSource({ script = [], sample, session }: SourceOptions = {}): Promise<Source> {
  const flags = { sample: { type: 'boolean' }, live: { type: 'boolean' } } as const;
  const { values, positionals: args } = parseArgs({ options: flags, allowPositionals: true });
  if (values.sample === true && sample === undefined && session === undefined) {
    console.error('This example has no recorded run. Run it without --sample.');
    process.exit(2);
  }
  const liveBinary = values.live === true ? userBinary() : undefined;
  const parent = mkdtempSync(join(tmpdir(), 'codex-rx-example-'));
  const scratch = mkdtempSync(join(parent, 'scratch-'));
  const close = () => {
    rmSync(parent, { recursive: true, force: true });
    return Promise.resolve();
  };
  // npm runs scripts in the folder of the repository, and passes that of the user.
  const userFolder = process.env.INIT_CWD ?? process.cwd();
  const common = { userFolder, scratch, args };
  if (liveBinary !== undefined) {
    const options = { binary: liveBinary };
    return { ...common, isLive: true, options, folder: userFolder, [Symbol.asyncDispose]: close };
  }
  const codexHome = join(parent, 'home');
  // A fake CLI stores no session, and `resume$` errors in a home without sessions.
  mkdirSync(join(codexHome, 'sessions'), { recursive: true });
  if (values.sample === true) writeFileSync(join(codexHome, 'sessions', STORED_SESSION), '');
  const cli = await openCli(values.sample === true ? { sample, session } : { script });
  return {
    ...common,
    isLive: false,
    options: { codexHome, ...cli.options },
    folder: mkdtempSync(join(parent, 'work-')),
    [Symbol.asyncDispose]: () => cli[Symbol.asyncDispose]().then(close),
  };
}

/** Opens a fake CLI for a recording, otherwise the real one with a scripted model. */
async function openCli({
  script = [],
  sample,
  session,
}: SourceOptions): Promise<AsyncDisposable & Pick<Source, 'options'>> {
  if (session !== undefined) {
    const recording = readFileSync(new URL(`../../support/sessions/${session}.jsonl`, import.meta.url), 'utf8');
    const fake = await openFakeAppServer(transcriptScript(recording));
    return { options: { binary: fake.binary }, [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
  }
  if (sample === undefined) return openScriptedModel(script);
  return openFakeCodex(typeof sample === 'string' ? fixtureScript(sample) : sample);
}

/** `CODEX_BINARY`, otherwise `codex` on the user's `PATH`, to which npm adds the tools of this repository. */
function userBinary(): string {
  if (process.env.CODEX_BINARY) return resolveBinary();
  const folders = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.endsWith(`node_modules${sep}.bin`));
  return resolveBinary({ binary: 'codex', env: { PATH: folders.join(delimiter) } });
}
