// Logs the raw output of a run, and reads the events back from the log.
import { join } from 'node:path';
import { createCodex, readEvents$ } from '@codex-rx/core';
import { finalMessage, turns } from '@codex-rx/operators';
import { teeLines } from '@codex-rx/operators/node';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.run('echo logged'), model.say('It is in the log.')],
  sample: '0.171.0/everything',
});
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 60_000 });

// Not in a folder that the agent may write to. `eventLog` of a request is the same without rotation.
const log = join(source.scratch, 'run.jsonl');

const run$ = codex.exec$({ prompt: 'Run `echo logged`.', lines: teeLines(log, { rotate: { maxBytes: 10_000_000 } }) });
console.log(await lastValueFrom(run$.pipe(finalMessage())));

// Every operator works on a log as on a run.
await readEvents$(log)
  .pipe(turns())
  .forEach(({ status, items }) => {
    console.log(`The log has a turn with ${items.length} items: ${status}.`);
  });
