// Copies the output of the CLI to that of this process. By default a run is quiet, and without colors.
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.whenever(/./, model.say('Hello!'))],
  sample: '0.171.0/plain-answer',
});
const codex = createCodex({ ...source.options, timeout: 60_000 });
const prompt = 'Say hello.';

console.log('quiet:', await lastValueFrom(codex.sendPrompt$({ prompt })));

// The events appear as the CLI writes them, its messages with colors.
const echo = codex.with({ mirrorStdout: true, mirrorStderr: true, color: 'always' });
console.log('copied:', await lastValueFrom(echo.sendPrompt$({ prompt })));
