// Lists the features of the CLI, and switches one on and off: in the configuration, and for one run.
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Hello!')] });
const codex = createCodex({ ...source.options, timeout: 60_000 });
const { features } = codex;

const all = await lastValueFrom(features.list$());
for (const { name, stage, enabled } of all.slice(0, 10))
  console.log(`${name}: ${stage ?? ''}, ${enabled ? 'on' : 'off'}`);
console.log(`${all.length} features`);

// Changes `config.toml`, hence not with --live.
if (!source.isLive) {
  const feature = 'memories';
  const isOn = async () =>
    (await lastValueFrom(features.list$())).some(({ name, enabled }) => name === feature && enabled);

  await lastValueFrom(features.enable$({ feature }));
  console.log(`${feature} on: ${await isOn()}`);
  await lastValueFrom(features.disable$({ feature }));
  console.log(`${feature} on: ${await isOn()}`);
}

console.log(await lastValueFrom(codex.sendPrompt$({ prompt: 'Say hello.', disable: ['goals'] })));
