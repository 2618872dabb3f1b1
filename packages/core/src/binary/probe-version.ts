import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { capture } from '../process/capture.js';
import { trackPending } from '../process/pending-runs.js';
import { createRunId, RUN_ID_VARIABLE, runIdValue } from '../process/run-id.js';

/** Timeout for `codex --version`, in ms. */
const VERSION_TIMEOUT_MS = 5_000;
const GRACE = 500;
const MAX_BYTES = 4 * 1024;

/** A running or finished `codex --version`. */
interface VersionProbe {
  readonly answer: Promise<string | undefined>;
  /** The number of callers that wait. */
  waiting: number;
  readonly cancel: () => void;
}

const cache = new Map<string, VersionProbe>();

/** Changes when the binary is replaced in place. */
function identity(binary: string): string {
  const file = statSync(binary, { throwIfNoEntry: false });
  return file === undefined ? binary : `${binary}:${file.ino}:${file.size}:${file.mtimeMs}`;
}

/**
 * Resolves to the version that a CLI prints, or to `undefined` if it prints none. Runs each binary once.
 *
 * @param abandoned settles when the caller does not wait any more; when no caller waits, the process is terminated
 * @throws SpawnError or BinaryNotFoundError if the binary cannot be executed
 */
export function versionOf(
  binary: string,
  env: Record<string, string>,
  abandoned?: Promise<unknown>,
): Promise<string | undefined> {
  const key = identity(binary);
  const asked = cache.get(key) ?? ask(key, binary, env);
  asked.waiting += 1;
  void abandoned?.then(() => {
    asked.waiting -= 1;
    if (asked.waiting === 0) asked.cancel();
  });
  return asked.answer;
}

function ask(key: string, binary: string, env: Record<string, string>): VersionProbe {
  const controller = new AbortController();
  const forget = (): void => {
    if (cache.get(key) === asked) cache.delete(key);
  };
  let isAnswered = false;
  const answer = probe(binary, env, controller.signal);
  const asked: VersionProbe = {
    answer,
    waiting: 0,
    cancel: () => {
      if (isAnswered) return;
      forget();
      controller.abort();
    },
  };
  cache.set(key, asked);
  const settled = answer.then((version) => {
    isAnswered = true;
    // Runs the binary again after a failure, which may be transient.
    if (version === undefined) forget();
  }, forget);
  trackPending(settled);
  return asked;
}

async function probe(binary: string, env: Record<string, string>, signal: AbortSignal): Promise<string | undefined> {
  const runId = createRunId();
  const own = { ...env, [RUN_ID_VARIABLE]: runIdValue(runId, process.env[RUN_ID_VARIABLE]) };
  const { stdout } = await capture(
    { binary, argv: ['--version'], cwd: tmpdir(), env: own, stdin: undefined, runId },
    { timeout: VERSION_TIMEOUT_MS, grace: GRACE, maxBytes: MAX_BYTES, signal, reap: true },
  );
  return /\b(\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.]+)?)/.exec(stdout)?.[1];
}
