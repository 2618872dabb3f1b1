// Reviews the uncommitted changes of a Git repository.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { finalMessage } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

const answer = { findings: [], overall_correctness: 'patch is incorrect', overall_explanation: 'The sign is wrong.' };
await using source = await openSource({
  script: [model.say(JSON.stringify({ ...answer, overall_confidence_score: 0.9 }))],
});
if (!source.isLive) {
  execFileSync('git', ['init', '--quiet', source.folder]);
  writeFileSync(join(source.folder, 'add.js'), 'export const add = (a, b) => a - b;\n');
}

// Also { base: 'main' }, { commit: 'abc123' } or { prompt: 'Review the error handling.' }.
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 10 * 60_000 });
console.log(await lastValueFrom(codex.review$({ target: { uncommitted: true } }).pipe(finalMessage())));
