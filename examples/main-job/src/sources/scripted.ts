import { createCodex, whenIdle } from '@codex-rx/core';
import { openScriptedModel } from '@codex-rx/testing';
import type { Transport } from '../options.js';
import { diffOf } from '../task/git.js';
import { openScratchRepository } from '../task/scratch-repository.js';
import { files, prompt, script } from '../task/task.js';
import type { WithRun } from './run.js';

/** The real CLI on a small task in a repository of its own. Its model is a script: no network, no account, no key. */
export const withScriptedRun =
  (transport: Transport): WithRun =>
  async (signal, use) => {
    await using repository = await openScratchRepository(files);
    await using model = await openScriptedModel(script);
    const events$ = createCodex({}, { transport }).exec$({
      ...model.options,
      prompt,
      workingDirectory: repository.path,
      // The script decides which commands run; the CLI's own sandbox does not work in every container.
      sandbox: 'danger-full-access',
      timeout: 60_000,
      signal,
    });
    const result = await use({
      head: {
        title: 'codex-rx: the real Codex CLI on a small task',
        facts: [
          'Its model is a script on loopback: no network, no login.',
          `Only commands of the script run (without a sandbox), in ${repository.path}`,
        ],
        prompt,
      },
      events$,
      folder: repository.path,
      diffOf: (files) => diffOf(repository.path, files),
    });
    // The server uses the home of the model.
    await whenIdle();
    return result;
  };
