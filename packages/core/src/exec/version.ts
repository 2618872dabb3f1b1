import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { capture } from '../process/capture.js';
import { createRunId, RUN_ID_VARIABLE, runIdValue } from '../process/run-id.js';
import { trackSettling } from './predecessors.js';

/** A CLI that has not told its version by then (ms) will not. */
const LIMIT = 5_000;
const GRACE = 500;
const MAX_BYTES = 4 * 1024;

const cache = new Map<string, Promise<string | undefined>>();

/** A binary that is replaced in place is asked again. */
function identity(binary: string): string {
  const file = statSync(binary, { throwIfNoEntry: false });
  return file === undefined ? binary : `${binary}:${file.ino}:${file.size}:${file.mtimeMs}`;
}

/**
 * The version that a CLI tells of itself, `undefined` if it tells none; asked for once per binary. Rejects with `SpawnError` or
 * `BinaryNotFoundError` if it cannot be run at all.
 */
export function versionOf(binary: string, env: Record<string, string>): Promise<string | undefined> {
  const key = identity(binary);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const asked = ask(binary, env);
  cache.set(key, asked);
  // What failed for a passing reason is asked again.
  asked.then(
    (version) => version === undefined && cache.delete(key),
    () => cache.delete(key),
  );
  trackSettling(asked.catch(() => undefined));
  return asked;
}

async function ask(binary: string, env: Record<string, string>): Promise<string | undefined> {
  const runId = createRunId();
  const own = { ...env, [RUN_ID_VARIABLE]: runIdValue(runId, process.env[RUN_ID_VARIABLE]) };
  const { stdout } = await capture(
    { binary, argv: ['--version'], cwd: tmpdir(), env: own, stdin: undefined, runId },
    { timeout: LIMIT, grace: GRACE, maxBytes: MAX_BYTES },
  );
  return /(\d+\.\d+\.\d+(?:-[\w.]+)?)/.exec(stdout)?.[1];
}
