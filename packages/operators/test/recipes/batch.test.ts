import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ThreadEvent } from '@codex-rx/core/events';
import {
  concat,
  defer,
  finalize,
  lastValueFrom,
  mergeMap,
  type Observable,
  of,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { completed, message, threadStarted, turnCompleted, turnStarted, usageOf } from '../support/events.js';
import { batch$, report$ } from './batch.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch-'));
  for (const name of ['b.ts', 'a.ts', 'c.ts']) writeFileSync(join(folder, name), '');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run$ = (file: string): Observable<ThreadEvent> =>
  file === 'b.ts'
    ? concat(
        of(threadStarted()),
        throwError(() => new Error('no luck')),
      )
    : of(threadStarted(), turnStarted(), completed(message('item_0', `${file} | is\nfine`)), turnCompleted(usageOf(7)));

describe('a batch', () => {
  it('gives a result for each file, also for those that fail', async () => {
    expect(await lastValueFrom(batch$(folder, 2, run$).pipe(toArray()))).toEqual([
      { file: 'a.ts', status: 'completed', text: 'a.ts | is\nfine', tokens: 7 },
      { file: 'b.ts', status: 'failed', text: 'Error: no luck', tokens: undefined },
      { file: 'c.ts', status: 'completed', text: 'c.ts | is\nfine', tokens: 7 },
    ]);
  });

  it('runs for files only', async () => {
    mkdirSync(join(folder, 'node_modules'));
    const results = await lastValueFrom(batch$(folder, 2, run$).pipe(toArray()));
    expect(results.map(({ file }) => file)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  it('runs no more than the limit at a time', async () => {
    let running = 0;
    let most = 0;
    const slow$ = (file: string) =>
      defer(() => {
        most = Math.max(most, ++running);
        return timer(1).pipe(mergeMap(() => run$(file)));
      }).pipe(finalize(() => running--));
    await lastValueFrom(batch$(folder, 1, slow$).pipe(toArray()));
    expect(most).toBe(1);
    expect(running).toBe(0);
  });

  it('reports in a table', async () => {
    expect(await lastValueFrom(report$(batch$(folder, 3, run$)))).toBe(
      [
        '| file | | tokens | |',
        '| --- | --- | --- | --- |',
        '| a.ts | ✓ | 7 | a.ts \\| is fine |',
        '| b.ts | ✗ | – | Error: no luck |',
        '| c.ts | ✓ | 7 | c.ts \\| is fine |',
        '',
      ].join('\n'),
    );
  });

  it('errors for a folder that is not there', async () => {
    await expect(lastValueFrom(batch$(join(folder, 'none'), 1, run$))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
