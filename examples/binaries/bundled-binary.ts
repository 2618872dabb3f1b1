// Runs a CLI that an application ships itself: <bundleRoot>/<platform>/<version>/codex.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPlatformLabel, createCodex, resolveBinary, resolveBundledBinary } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.say('Hello from the bundle!')],
});

const version = '0.171.0';
const bundleRoot = process.env.CODEX_BUNDLE_ROOT ?? join(source.scratch, 'bundle');
if (process.env.CODEX_BUNDLE_ROOT === undefined) {
  const folder = join(bundleRoot, bundledPlatformLabel(), version);
  mkdirSync(folder, { recursive: true });
  copyFileSync(resolveBinary(source.options), join(folder, 'codex'));
}

// Neither PATH nor CODEX_BINARY matters, and no link leads out of the bundle.
const { binaryPath, platform } = resolveBundledBinary({ bundleRoot, version });
console.log(`${platform}: ${binaryPath.slice(bundleRoot.length + 1)}`);
const codex = createCodex({ ...source.options, binary: binaryPath, timeout: 60_000 });
console.log(await lastValueFrom(codex.sendPrompt$({ prompt: 'Say hello.' })));
