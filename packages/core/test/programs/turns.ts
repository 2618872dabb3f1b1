// Runs many turns through one server in memory, in a separate process whose heap belongs to them alone. The argument is
// their number.
import { whenIdle } from '@codex-rx/core';
import { hostState } from '../scale/parts.js';
import { manyTurns, openEcho } from '../scale/turns.js';

async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.write('');
  const server = await openEcho();
  const result = await manyTurns(server, Number(process.argv[2]));
  await server.close();
  await whenIdle();
  process.stdout.write(JSON.stringify({ ...result, after: hostState() }));
}

void main();
