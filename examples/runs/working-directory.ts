// The agent works in a folder. Without `workingDirectory` a run gets an empty one, which is removed after the run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { commands, shellCommand } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.run('ls'), model.say('There is one file, notes.txt.')],
  sample: '0.171.0/resumed-thread-2',
});
if (!source.isLive) writeFileSync(join(source.folder, 'notes.txt'), 'Buy milk.\n');

// A relative path is relative to the working directory of this process.
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 60_000 });

await codex
  .exec$({ prompt: 'List the files of this folder with `ls`.' })
  .pipe(commands())
  .forEach((command) => {
    console.log(`$ ${shellCommand(command)}\n${command.aggregated_output.trimEnd()}\nexit code ${command.exit_code}`);
  });
