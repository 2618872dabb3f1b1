import { spawn } from 'node:child_process';
import { isMainThread } from 'node:worker_threads';
import { platform } from './platform/index.js';
import { RUN_ID_VARIABLE } from './run-id.js';

/**
 * Waits for a line on standard input. If the input ends without a line, kills the process `$1` if it still belongs to
 * the run `$2`, its group, and on Linux all processes with the id of the run. Checks the pid first, because another
 * process may have got it.
 */
const SCRIPT = `read -r _ && exit 0
of_run() { if [ -d /proc/self ]; then cat "/proc/$1/task/"*/environ | tr '\\0' '\\n' | grep -q "^${RUN_ID_VARIABLE}=.*$2"; else kill -0 "$1"; fi; }
if of_run "$1" "$2"; then
  kill -INT "$1"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do of_run "$1" "$2" || break; sleep 0.1; done
  of_run "$1" "$2" && kill -KILL "-$1"
fi
for _ in 1 2 3; do
  for folder in /proc/[0-9]*; do
    pid="\${folder#/proc/}"
    grep -q "$2" "$folder/task/"*/environ && of_run "$pid" "$2" && kill -KILL "$pid"
  done
done`;

/**
 * Kills a process of a worker thread when the thread ends. A thread that is terminated, or whose process exits in
 * another thread, does not emit `exit`, but its pipes close: a shell waits for the end of a pipe. Does nothing in the
 * main thread.
 *
 * @returns a function that ends the shell
 */
export function guardInWorker(pid: number, runId: string): () => void {
  if (isMainThread || !platform.groups) return () => undefined;
  const { PATH = '/usr/bin:/bin' } = process.env;
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(pid), runId], {
    cwd: '/',
    env: { PATH },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  (guard.stdin as { unref?: () => void }).unref?.();
  return () => {
    guard.stdin.end('done\n');
  };
}
