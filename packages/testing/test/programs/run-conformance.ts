// An application that only runs one case in its own process.
import { exec$ } from '@codex-rx/core';
import { runConformance } from '../../src/conformance/index.js';

async function main(): Promise<void> {
  const [result] = await runConformance(exec$, { only: 'dies by SIGKILL', limit: 300_000 });
  process.stdout.write(String(result?.outcome));
}

void main();
