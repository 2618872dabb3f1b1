// Prints internals of the CLI: its models, and all that a model would be given for a prompt.
import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const codex = createCodex({ ...source.options, workingDirectory: source.folder });

const { models } = await lastValueFrom(codex.debug$({ topic: 'models', bundled: true }));
for (const { slug, default_reasoning_level: level } of models) console.log(`${slug}: ${level ?? 'no reasoning'}`);

const input = await lastValueFrom(codex.debug$({ topic: 'prompt-input', prompt: 'Say hello.' }));
console.log(`The input of the model has ${input.length} parts and ${JSON.stringify(input).length} characters.`);
