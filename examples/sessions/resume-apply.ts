// Resumes the last session of a folder, then applies the diff of a cloud task there.
//   npm run example -- resume-apply --live [TASK]    or CODEX_TASK_ID
import { createCodex, isCodexError } from '@codex-rx/core';
import { fixtureScript, model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.say('One.'), model.say('Two.')],
  sample: {
    cases: [
      { argv: ['resume'], steps: fixtureScript('0.171.0/resumed-thread-2').steps ?? [] },
      { argv: ['apply'], steps: [{ line: 'Successfully applied diff' }] },
    ],
    ...fixtureScript('0.171.0/resumed-thread-1'),
  },
});
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 60_000 });

await lastValueFrom(codex.exec$({ prompt: 'Count: say "One."' }));

// `last` is the last session of the working directory; `session` may also be an id or a name.
await codex.resume$({ session: { last: true }, prompt: 'Continue.' }).forEach((event) => {
  console.log(JSON.stringify(event));
});

const taskId = source.args[0] ?? process.env.CODEX_TASK_ID ?? 'task_e_example';
try {
  const { text } = await lastValueFrom(codex.apply$({ taskId }));
  console.log(text);
} catch (error) {
  if (isCodexError(error, 'EXIT') && error.category === 'auth') console.log('Log in with ChatGPT first: codex login');
  else console.log(String(error)); // no such task, or a diff that does not fit
}
