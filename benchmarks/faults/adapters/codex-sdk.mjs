// Uses @openai/codex-sdk as documented: runStreamed(), `for await`, and a signal for early ends.
import { Codex } from '@openai/codex-sdk';
import { pull } from './pull.mjs';

export function createExec$(request) {
  const { prompt, binary, workingDirectory } = request;
  return pull(request, async function* (signal) {
    const codex = new Codex({ codexPathOverride: binary });
    const thread = codex.startThread({ workingDirectory, skipGitRepoCheck: true });
    const { events } = await thread.runStreamed(prompt, { signal });
    for await (const event of events) {
      yield event;
      // Like its run().
      if (event.type === 'turn.failed') throw new Error(event.error.message);
    }
  });
}
