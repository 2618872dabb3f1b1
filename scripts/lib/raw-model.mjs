// A model that sends output items unchanged, for tools without a step in the scripted model.
import { createServer } from 'node:http';
import { openScriptedModel } from '@codex-rx/testing';

const usage = {
  input_tokens: 120,
  input_tokens_details: { cached_tokens: 20 },
  output_tokens: 30,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 150,
};

const frame = (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** Text for the id of the command that runs in the background. */
export const SESSION = '$SESSION';

/**
 * Opens a model whose responses are lists of output items, one list per request. It has the home and the options of a
 * scripted model.
 */
export async function openRawModel(responses, options) {
  const model = await openScriptedModel([], options);
  let sent = 0;
  const server = createServer((request, response) => {
    const chunks = [];
    request
      .on('data', (chunk) => chunks.push(chunk))
      .on('end', () => {
        const session = String(Buffer.concat(chunks)).match(/session ID (\d+)/)?.[1] ?? '0';
        const id = `resp_${String(sent + 1)}`;
        const items = responses[sent] ?? [];
        sent += 1;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(frame({ type: 'response.created', response: { id } }));
        for (const item of items) {
          response.write(frame({ type: 'response.output_item.done', item }).replaceAll(SESSION, session));
        }
        response.end(frame({ type: 'response.completed', response: { id, usage } }));
      });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String(server.address().port)}/v1`;
  return {
    url,
    options: { ...model.options, config: { model_providers: { scripted: { base_url: url } } } },
    assertDone() {
      if (sent !== responses.length) {
        throw new Error(`The CLI sent ${String(sent)} requests for ${String(responses.length)} responses.`);
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await model.close();
    },
  };
}
