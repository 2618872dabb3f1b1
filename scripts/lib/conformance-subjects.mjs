// The runs of a warm client, as a subject of the conformance cases.
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import process from 'node:process';
import { createCodex } from '@codex-rx/core';

const BRIDGE = join(import.meta.dirname, 'exec-as-server.cjs');

/** Runs over a warm server that runs its turns with the CLI of the case. */
export function warm$(request) {
  const client = createCodex({}, { transport: 'app-server', idleStop: 0 });
  return client.exec$({ ...request, binary: serverOf(request), linger: undefined });
}

function serverOf({ binary, workingDirectory }) {
  const isProgram = isAbsolute(binary) && existsSync(binary) && (statSync(binary).mode & 0o100) !== 0;
  if (!isProgram) return binary;
  // In the folder of the case.
  const server = join(dirname(workingDirectory), 'server');
  writeFileSync(server, `#!${process.execPath}\nrequire(${JSON.stringify(BRIDGE)})(${JSON.stringify(binary)});\n`);
  chmodSync(server, 0o700);
  return server;
}
