// Sends a prompt and prints the answer.
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Hello!')], sample: '0.171.0/plain-answer' });

const codex = createCodex({ ...source.options, timeout: 60_000 });
const [prompt = 'Say hello.'] = source.args;

console.log(await lastValueFrom(codex.sendPrompt$({ prompt })));
