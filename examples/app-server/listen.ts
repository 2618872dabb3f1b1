// A server that listens at a Unix socket. A second client observes the thread of the first one, and interrupts it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { resolveBinary } from '@codex-rx/core';
import { attach$, openAppServer } from '@codex-rx/core/app-server';
import { model } from '@codex-rx/testing';
import { filter, firstValueFrom, lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.run('sleep 300'), model.hang()] });
const { binary, codexHome, env, model: slug } = source.options;
const socketPath = join(source.scratch, 's');

// The owner of the server starts it, with its login and its environment.
const variables = { ...process.env, ...env, ...(codexHome === undefined ? {} : { CODEX_HOME: codexHome }) };
const listener = spawn(resolveBinary({ binary }), ['app-server', '--listen', `unix://${socketPath}`], {
  env: variables,
  stdio: 'ignore',
});
const gone = new Promise((resolve) => listener.once('exit', resolve));
while (!existsSync(socketPath)) await delay(20);

const owner = await openAppServer({ connect: { socketPath } });
const thread = await lastValueFrom(
  owner.thread.start$({ model: slug, workingDirectory: source.folder, sandbox: 'danger-full-access' }),
);
const turn = lastValueFrom(thread.turn$('Wait for five minutes.')).catch((error: unknown) => {
  console.log(String(error));
});
await firstValueFrom(thread.events$.pipe(filter(({ type }) => type === 'item.started')));

const observer = await openAppServer({ connect: { socketPath } });
const command$ = attach$(observer, thread.id).pipe(
  filter((event) => event.type === 'item.started' && event.item.type === 'command_execution'),
);
console.log(`observed: ${JSON.stringify((await firstValueFrom(command$)).type)}`);
const same = await lastValueFrom(observer.thread.resume$(thread.id));
await lastValueFrom(same.interrupt$());
await turn;

await observer.close();
await owner.close();
listener.kill('SIGKILL');
await gone;
