const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** `fetch` that fails for a response with more than 64 MiB. A stream of events has no limit: it may last for days. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const { body } = response;
  if (body === null || response.headers.get('content-type')?.startsWith('text/event-stream') === true) return response;
  let length = 0;
  const limited = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        length += chunk.byteLength;
        if (length > MAX_BODY_BYTES) controller.error(new Error(`The response has more than ${MAX_BODY_BYTES} bytes`));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(limited, response);
};
