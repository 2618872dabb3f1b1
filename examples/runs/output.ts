// Asks for an answer of a certain form, checks it, and also writes it to a file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { finalOutput } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

const answer = JSON.stringify({ city: 'Paris', inhabitants: 2_100_000 });
await using source = await openSource({ script: [model.say(answer)] });

/** Any function that throws for a wrong value, such as `schema.parse` of zod; also an io-ts codec. */
function parseCity(value: unknown): { city: string; inhabitants: number } {
  const { city, inhabitants } = value as Record<string, unknown>;
  if (typeof city !== 'string' || typeof inhabitants !== 'number') throw new Error('not a city');
  return { city, inhabitants };
}
const outputSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, inhabitants: { type: 'integer' } },
  required: ['city', 'inhabitants'],
  additionalProperties: false,
};

const codex = createCodex({ ...source.options, sandbox: 'read-only', timeout: 60_000 });
const outputLastMessage = join(source.scratch, 'answer.json');

const run$ = codex.exec$({ prompt: 'What is the capital of France?', outputSchema, outputLastMessage });
const { city, inhabitants } = await lastValueFrom(run$.pipe(finalOutput(parseCity)));
console.log(`${city} has ${inhabitants.toLocaleString('en')} inhabitants.`);

console.log(readFileSync(outputLastMessage, 'utf8'));
