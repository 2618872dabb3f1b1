// Lets others use an API key without having it: a proxy adds the key to their requests.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openResponsesApiProxy } from '@codex-rx/core/commands';
import { openSource } from '../support/source.js';

await using source = await openSource();

// Stands in for OpenAI, so that the example needs neither a key nor a network.
const upstream = createServer((request, response) => {
  response.end(`the key arrived: ${request.headers.authorization === 'Bearer sk-example'}`);
});
await once(upstream.listen(0, '127.0.0.1'), 'listening');
const { port } = upstream.address() as AddressInfo;

{
  await using proxy = await openResponsesApiProxy({
    ...source.options,
    apiKey: 'sk-example',
    upstreamUrl: `http://127.0.0.1:${port}/v1/responses`,
  });
  const answer = await fetch(`${proxy.baseUrl}/responses`, { method: 'POST', body: '{}' });
  console.log(await answer.text());
} // The proxy is gone here.

upstream.close();
upstream.closeAllConnections();
