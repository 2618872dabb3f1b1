// Runs with a Codex home of its own and prints what the home contains.
import { createCodex } from '@codex-rx/core';
import { codexHome } from '@codex-rx/core/home';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Hello!')] });
const home = codexHome(source.options.codexHome ?? process.env.CODEX_HOME ?? `${process.env.HOME ?? ''}/.codex`);

const codex = createCodex({ ...source.options, codexHome: home.root, timeout: 45_000 });
console.log(await lastValueFrom(codex.sendPrompt$({ prompt: 'Say hello.' })));

// No secret is part of an inspection.
const { exists, config, auth, sessions } = await home.inspect();
console.log(`home: ${exists ? 'exists' : 'missing'}`);
console.log(`config.toml: ${config.state}, ${Object.keys(config.settings ?? {}).length} settings`);
console.log(`login: ${auth.mode ?? 'none'}`);
console.log(`sessions: ${sessions.count}`);
