// Finds the CLI: `CODEX_BINARY`, an installed @openai/codex, or `codex` on PATH.
//   CODEX_BINARY=/path/to/codex npm run example -- env-binary
import { createCodex, isCodexError, resolveBinary } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Hello!')] });

const binary = resolveBinary(source.options);
console.log(binary);
console.log(await lastValueFrom(createCodex({ ...source.options, binary }).sendPrompt$({ prompt: 'Say hello.' })));

try {
  resolveBinary({ binary: 'no-such-codex' });
} catch (error) {
  if (!isCodexError(error, 'BINARY_NOT_FOUND')) throw error;
  console.log(error.message);
}
