// Runs a program in the sandbox of the CLI. Every exit code is a result.
//   npm run example -- sandbox [--live] [PROGRAM ARG …]
import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const codex = createCodex({ ...source.options, workingDirectory: source.scratch, timeout: 10_000 });
const command = source.args.length > 0 ? source.args : ['sh', '-c', 'echo hello; echo x > file.txt'];

for (const sandbox of ['read-only', 'workspace-write'] as const) {
  const { exitCode, stdout, stderr } = await lastValueFrom(codex.sandbox$({ command, sandbox }));
  console.log(`${sandbox}: exit code ${exitCode}\n${stdout}${stderr}`.trimEnd());
}
