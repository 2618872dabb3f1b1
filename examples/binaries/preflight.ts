// Checks before a run whether it can start: the version of the CLI, its options, its login and its home.
import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const codex = createCodex(source.options);

const { ready, version, login } = await lastValueFrom(codex.preflight$({ model: 'gpt-5.5', ephemeral: true }));
console.log(`codex ${version ?? 'unknown'}, ${login?.state ?? 'login unknown'}: ${ready ? 'ready' : 'not ready'}`);

// The version is read once per binary, and again only when the file changes. An option that this version lacks is a
// problem here and a `CapabilityError` of a run, unless `unsupported` is 'omit'.
const { problems } = await lastValueFrom(
  codex.preflight$({ workingDirectory: 'no-such-folder', profile: 'no-such-profile' }),
);
for (const { code, message } of problems) console.log(`${code}: ${message}`);

const features = await lastValueFrom(codex.features.list$());
console.log(`${features.filter(({ enabled }) => enabled).length} of ${features.length} features are on`);
