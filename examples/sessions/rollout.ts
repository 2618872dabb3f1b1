// Prints a line for each record of a session file.
//   npm run example -- rollout [PATH or SESSION]
import { type CodexOptions, createCodex, latestSession$ } from '@codex-rx/core';
import { findRolloutById$, readRollout$ } from '@codex-rx/core/rollouts';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.run('echo hello'), model.say('Hello!')] });
const options: CodexOptions = { ...source.options, workingDirectory: source.folder, timeout: 60_000 };

// Without an argument: the last session, by default of a run that is made here.
if (!source.isLive) await lastValueFrom(createCodex(options).exec$({ prompt: 'Run `echo hello`.' }));

const [wanted] = source.args;
const path =
  wanted === undefined ? (await lastValueFrom(latestSession$(options))).path : await findPath(wanted, options);

let [known, others] = [0, 0];
await readRollout$(path).forEach((record) => {
  if (record.type === 'malformed' || record.type === 'unknown') others += 1;
  else known += 1;
  const hasKinds = record.type === 'response_item' || record.type === 'event_msg';
  console.log(hasKinds ? `${record.type} ${record.payload.type}` : record.type);
});
console.log(`${known} records, ${others} others`);

async function findPath(pathOrId: string, { codexHome = `${process.env.HOME ?? ''}/.codex` }: CodexOptions) {
  return pathOrId.endsWith('.jsonl') ? pathOrId : lastValueFrom(findRolloutById$(codexHome, pathOrId));
}
