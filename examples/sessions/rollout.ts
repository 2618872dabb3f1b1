// Prints a line for each record of a session file.
//   npm run example -- rollout [PATH or SESSION]
import { createCodex, latestSession$ } from '@codex-rx/core';
import { findRolloutById$, readRollout$ } from '@codex-rx/core/rollouts';
import { model } from '@codex-rx/testing';
import { concatMap, lastValueFrom, map, type Observable, of } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.run('echo hello'), model.say('Hello!')] });
const options = { ...source.options, workingDirectory: source.folder, timeout: 60_000 };
const home = options.codexHome ?? process.env.CODEX_HOME ?? `${process.env.HOME ?? ''}/.codex`;

if (!source.isLive) await lastValueFrom(createCodex(options).exec$({ prompt: 'Run `echo hello`.' }));

let [known, others] = [0, 0];
await path$(source.args[0])
  .pipe(concatMap((path) => readRollout$(path)))
  .forEach((record) => {
    if (record.type === 'malformed' || record.type === 'unknown') others += 1;
    else known += 1;
    const hasKinds = record.type === 'response_item' || record.type === 'event_msg';
    console.log(hasKinds ? `${record.type} ${record.payload.type}` : record.type);
  });
console.log(`${known} records, ${others} others`);

/** The file of a session, by default of the last one. */
function path$(wanted: string | undefined): Observable<string> {
  if (wanted === undefined) return latestSession$(options).pipe(map(({ path }) => path));
  return /\.jsonl(\.zst)?$/.test(wanted) ? of(wanted) : findRolloutById$(home, wanted);
}
