// Runs a command of the CLI that has no function of its own.
//   npm run example -- other --live update    updates your CLI
import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const codex = createCodex({ ...source.options, workingDirectory: source.folder });

const { version } = await lastValueFrom(codex.version$());
console.log(`codex ${version}`);

// Without --live only the help: an update changes the installation.
const args = source.isLive && source.args.length > 0 ? source.args : ['update', '--help'];
const { stdout } = await lastValueFrom(codex.command$({ args }));
console.log(stdout.trim());
