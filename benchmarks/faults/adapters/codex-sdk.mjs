// @openai/codex-sdk as its documentation shows it: runStreamed(), `for await`, a signal for what shall end.
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
      // As its run() does.
      if (event.type === 'turn.failed') throw new Error(event.error.message);
    }
  });
}
