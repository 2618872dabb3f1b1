// Prints the conversation of a session: the messages of certain roles in its file.
//   npm run example -- rollout-filter [ROLE …]
import { createCodex, latestSession$ } from '@codex-rx/core';
import { readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
import { ofItem } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { concatMap, lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Forty-two, as everyone knows.')] });
const options = { ...source.options, workingDirectory: source.folder, timeout: 60_000 };
if (!source.isLive) await lastValueFrom(createCodex(options).exec$({ prompt: 'What is the answer?' }));

const roles = source.args.length > 0 ? source.args : ['user', 'assistant'];
const maxCharacters = 140;
const records$ = latestSession$(options).pipe(concatMap(({ path }) => readRollout$(path)));

await records$.forEach((record) => {
  if (record.type !== 'response_item' || record.payload.type !== 'message') return;
  const { role, content } = record.payload;
  if (!roles.includes(role)) return;
  const text = content.map((part) => part.text ?? '').join(' ');
  console.log(`${role}: ${text.replaceAll(/\s+/g, ' ').slice(0, maxCharacters)}`);
});

// As events, a file has what the run had: every operator works on it.
await records$.pipe(rolloutToEvents(), ofItem('user_message', 'agent_message')).forEach(({ item }) => {
  console.log(`${item.type}: ${item.text}`);
});
