// Relays standard input and output to a Unix socket.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openStdioToUds } from '@codex-rx/core/commands';
import { openSource } from '../support/source.js';

await using source = await openSource();

const socketPath = join(source.scratch, 'example.sock');
const server = createServer((socket) => {
  socket.on('data', (data) => socket.write(data.toString().replace('ping', 'pong')));
});
await once(server.listen(socketPath), 'listening');

{
  await using relay = await openStdioToUds({ ...source.options, socketPath });
  relay.stdin.write('ping\n');
  const [answer] = (await once(relay.stdout, 'data')) as [Buffer];
  console.log(answer.toString().trim());
} // The relay is gone here.

server.close();
