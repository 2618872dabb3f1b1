// A worker thread with a run, which it neither ends nor unsubscribes from. Posts the types of its events.
import { parentPort, workerData } from 'node:worker_threads';
import { type ExecRequest, exec$ } from '@codex-rx/core';

exec$(workerData as ExecRequest).subscribe({
  next: ({ type }) => parentPort?.postMessage(type),
  error: (error: unknown) => parentPort?.postMessage(String(error)),
});
