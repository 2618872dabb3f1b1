// Lists cloud tasks and prints the diff of the newest one. Needs a login with ChatGPT.
import { createCodex, isCodexError } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const { cloud } = createCodex(source.options);

try {
  const { tasks } = await lastValueFrom(cloud.list$({ limit: 5 }));
  for (const { id, status, title } of tasks) console.log(`${id}: ${status}, ${title}`);

  const [newest] = tasks;
  if (newest !== undefined) {
    const { diff } = await lastValueFrom(cloud.diff$({ taskId: newest.id }));
    console.log(diff);
    // `cloud.apply$({ taskId })` applies it; `cloud.exec$({ environment, query })` starts a task.
  }
} catch (error) {
  if (!isCodexError(error, 'EXIT') || error.category !== 'auth') throw error;
  console.log('Log in with ChatGPT to see cloud tasks: codex login');
}
