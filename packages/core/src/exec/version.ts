import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { BoundedText } from '../process/bounded-text.js';
import { spawnChild } from '../process/child.js';
import { trackRun } from '../process/live-runs.js';
import { createRunId } from '../process/run-id.js';
import { terminate } from '../process/terminate.js';
import { Countdown } from './countdown.js';
import { drain } from './drain.js';
import { trackSettling } from './predecessors.js';

/** A CLI that has not told its version by then (ms) will not. */
const LIMIT = 5_000;
const GRACE = 500;

const cache = new Map<string, Promise<string | undefined>>();

/** A binary that is replaced in place is asked again. */
function identity(binary: string): string {
  const { ino, size, mtimeMs } = statSync(binary);
  return `${binary}:${ino}:${size}:${mtimeMs}`;
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
  let untrack: () => void = () => undefined;
  const spec = { binary, argv: ['--version'], cwd: tmpdir(), env, stdin: undefined, runId };
  const child = await spawnChild(spec, (started) => {
    untrack = trackRun({ id: runId, child: started, paths: [] });
  });
  const output = new BoundedText(1024);
  let lastData = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    lastData = performance.now();
    output.push(chunk);
  });
  child.stderr.resume();
  const limit = new Countdown();
  let stopped: Promise<unknown> | undefined;
  const expired = new Promise<void>((resolve) => {
    limit.set(LIMIT, () => {
      stopped = terminate(child, { grace: GRACE, daemons: true, onSignal: () => undefined });
      void stopped.then(() => {
        resolve();
      });
    });
  });
  await Promise.race([child.exited, expired]);
  limit.clear();
  await stopped;
  await drain({
    ended: new Promise((resolve) => child.stdout.once('close', resolve)),
    lastData: () => lastData,
    isHeldBack: () => false,
  });
  child.release();
  untrack();
  return /(\d+\.\d+\.\d+(?:-[\w.]+)?)/.exec(output.toString())?.[1];
}
