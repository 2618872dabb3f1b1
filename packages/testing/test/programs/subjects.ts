// Subjects of the conformance cases: `exec$`, and faulty clients.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Observable } from 'rxjs';
import type { ConformanceRequest } from '../../src/conformance/types.js';

export { exec$ } from '@codex-rx/core';

/** Parses each line without error handling and terminates only the CLI process. */
export const careless$ = ({ binary, prompt, workingDirectory }: ConformanceRequest): Observable<unknown> =>
  new Observable((subscriber) => {
    mkdtempSync(join(tmpdir(), 'careless-'));
    const child = spawn(binary, ['exec', '--json', '-'], { cwd: workingDirectory });
    child.stdin.end(prompt);
    createInterface({ input: child.stdout }).on('line', (line) => {
      subscriber.next(JSON.parse(line));
    });
    child.on('close', () => {
      subscriber.complete();
    });
    return () => child.kill('SIGTERM');
  });

/** Never emits. */
export const silent$ = (): Observable<unknown> => new Observable(() => undefined);

/** Allocates much memory and keeps its host alive. */
export const hoarding$ = (): Observable<unknown> =>
  new Observable((subscriber) => {
    const hoard = Buffer.alloc(300 * 1024 * 1024, 'x');
    setInterval(() => hoard.length, 1_000);
    subscriber.complete();
  });

/** Kills its process group, including the host. */
export const reckless$ = (): Observable<unknown> =>
  new Observable(() => {
    process.kill(0, 'SIGTERM');
  });
