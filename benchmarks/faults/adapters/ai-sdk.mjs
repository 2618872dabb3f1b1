// Uses ai-sdk-provider-codex-cli as documented: streamText() of `ai`, with an abort signal for early ends. Converts the
// parts of its stream back to CLI events.
import { streamText } from 'ai';
import { codexExec } from 'ai-sdk-provider-codex-cli';
import { pull } from './pull.mjs';

const events = {
  'tool-call': () => ({ type: 'item.started' }),
  'tool-result': () => ({ type: 'item.completed', item: {} }),
  'text-delta': ({ text }) => ({ type: 'item.completed', item: { text } }),
  finish: () => ({ type: 'turn.completed' }),
};

export function createExec$(request) {
  const { prompt, binary, workingDirectory } = request;
  return pull(request, async function* (abortSignal) {
    const model = codexExec('gpt-5.5', {
      codexPath: binary,
      cwd: workingDirectory,
      skipGitRepoCheck: true,
      logger: false,
    });
    const { fullStream } = streamText({ model, prompt, abortSignal, maxRetries: 0, onError: () => undefined });
    for await (const part of fullStream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') throw abortSignal.reason;
      const event = events[part.type];
      if (event !== undefined) yield event(part);
    }
  });
}
