import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerResource, unregisterResource } from '../util/open-resources.js';
import { packageRoot } from '../util/package-root.js';
import { FakeServerEngine } from './engine.js';
import type { FakeAppServer } from './fake-app-server.js';
import type { FakeAppServerScript } from './script.js';
import { createServerState } from './server-state.js';

/** A scripted app-server as a program. */
export interface FakeAppServerProgram extends Omit<FakeAppServer, 'transport'>, AsyncDisposable {
  /** Path of the executable. */
  readonly binary: string;
}

/**
 * Creates a program in place of the CLI that serves a script as `codex app-server`, over its standard input and output.
 * Its processes share the threads and the turns of the script, also if they run at the same time.
 *
 * Needs a POSIX system.
 *
 * @example
 * ```ts
 * import { openAppServer } from '@codex-rx/core/app-server';
 * import { openFakeAppServer, serverTurn } from '@codex-rx/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * await using fake = await openFakeAppServer({ turns: [serverTurn.say('Hello.')] });
 * await using server = await openAppServer({ binary: fake.binary });
 * console.log((await lastValueFrom(server.exec$({ prompt: 'Say hello.' }))).type); // turn.completed
 * ```
 *
 * @see {@link fakeAppServer} for a server in memory
 */
export async function openFakeAppServer(script: FakeAppServerScript = {}): Promise<FakeAppServerProgram> {
  const state = createServerState();
  const running = new Set<FakeServerEngine>();
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-fake-'));
  const socketPath = join(folder, 's');
  const server = createServer((socket) => {
    const engine = new FakeServerEngine(script, state);
    running.add(engine);
    socket.once('close', () => {
      running.delete(engine);
      engine.disconnect();
    });
    serve(engine, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  server.unref();
  const binary = join(folder, 'codex');
  const program = join(packageRoot(), 'programs', 'fake-app-server.cjs');
  const call = `require(${JSON.stringify(program)})(${JSON.stringify(socketPath)}, ${JSON.stringify(script.version ?? '0.171.0')});`;
  writeFileSync(binary, `#!${process.execPath}\n${call}\n`);
  chmodSync(binary, 0o700);
  const disconnectAll = (): void => {
    for (const engine of running) engine.disconnect();
  };
  const resource = {
    disposeSync: () => {
      rmSync(folder, { recursive: true, force: true });
      unregisterResource(resource);
    },
  };
  registerResource(resource);
  return {
    binary,
    received: state.received,
    sent: (method) => state.received.filter((message) => message.method === method),
    notify: (method, params) => {
      for (const engine of running) engine.notify(method, params);
    },
    exit: disconnectAll,
    [Symbol.asyncDispose]: async () => {
      disconnectAll();
      await new Promise((resolve) => server.close(resolve));
      resource.disposeSync();
    },
  };
}

function serve(engine: FakeServerEngine, socket: Socket): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) engine.receive(line);
  });
  socket.on('error', () => undefined);
  engine.connect({
    send: (text) => {
      socket.write(`${text}\n`);
    },
    exit: () => {
      socket.destroySoon();
    },
  });
}
