import { existsSync } from 'node:fs';
import { delimiter, sep } from 'node:path';
import { createCodex, isCodexError, resolveBinary } from '@codex-rx/core';
import { type Transport, UsageError } from '../options.js';
import { diffOf } from '../task/git.js';
import type { WithRun } from './run.js';

export interface LiveOptions {
  readonly prompt: string;
  readonly folder: string;
  /** Default: what the user's own configuration says. */
  readonly sandbox: string | undefined;
  readonly transport: Transport;
}

/** The user's own CLI, with its own configuration and login, in a folder of choice. */
export function withLiveRun({ prompt, folder, sandbox, transport }: LiveOptions): WithRun {
  return async (signal, use) => {
    if (!existsSync(folder)) throw new UsageError(`--cd: there is no folder ${folder}`);
    const binary = ownBinary();
    return await use({
      head: {
        title: 'codex-rx: your own Codex CLI',
        facts: [`${binary}${sandbox === undefined ? '' : `, sandbox ${sandbox}`}`, folder],
        prompt,
      },
      events$: createCodex({}, { transport }).exec$({
        ...{ binary, prompt, workingDirectory: folder, sandbox, signal },
        timeout: 0,
      }),
      folder,
      diffOf: (files) => diffOf(folder, files),
    });
  };
}

/** The one on the user's `PATH`, which npm prepends with the tools of this repository; else the installed package's. */
function ownBinary(): string {
  if (process.env.CODEX_BINARY) return resolveBinary();
  const folders = (process.env.PATH ?? '').split(delimiter);
  const path = folders.filter((folder) => !folder.endsWith(`node_modules${sep}.bin`)).join(delimiter);
  try {
    return resolveBinary({ binary: 'codex', env: { PATH: path } });
  } catch (error) {
    if (isCodexError(error, 'BINARY_NOT_FOUND')) return resolveBinary();
    throw error;
  }
}
