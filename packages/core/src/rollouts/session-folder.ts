import { basename } from 'node:path';
import { filter, firstValueFrom, map } from 'rxjs';
import { listRollouts } from '../home/list-rollouts.js';
import { readRolloutHead$ } from './read-rollout.js';

/** Resolves to the folder in which a session started, or to `undefined` if no rollout of the home says it. */
export async function sessionFolder(home: string, id: string): Promise<string | undefined> {
  const paths = await listRollouts(home, () => undefined);
  const end = `-${id.toLowerCase()}.jsonl`;
  const path = paths.find((one) => basename(one, '.zst').toLowerCase().endsWith(end));
  if (path === undefined) return undefined;
  const folder$ = readRolloutHead$(path).pipe(
    filter((record) => record.type === 'session_meta'),
    map(({ payload }) => payload.cwd),
  );
  // An unreadable rollout is for the CLI to report.
  return firstValueFrom(folder$, { defaultValue: undefined }).catch(() => undefined);
}
