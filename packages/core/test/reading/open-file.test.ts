import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastValueFrom, type Observable } from 'rxjs';
import { readEvents$ } from '../../src/reading/read-events.js';
import { readRollout$ } from '../../src/rollouts/read-rollout.js';
import { temporaryFolder } from './temporary.js';

describe('a source that is not a regular file', () => {
  const folder = temporaryFolder();

  it('errors for FIFOs without a writer, and blocks no thread', async () => {
    const file = join(folder.path, 'other.txt');
    writeFileSync(file, 'text');
    // Node.js has four threads for files by default.
    for (let index = 0; index < 8; index += 1) {
      const fifo = join(folder.path, `fifo-${index}`);
      execFileSync('mkfifo', [fifo]);
      const events$: Observable<unknown> = index % 2 === 0 ? readEvents$(fifo) : readRollout$(fifo);
      await expect(lastValueFrom(events$)).rejects.toMatchObject({
        code: 'INPUT_FAILED',
        message: expect.stringContaining('is not a regular file') as unknown,
      });
    }

    await expect(readFile(file, 'utf8')).resolves.toBe('text');
  });

  it('errors for a device', async () => {
    await expect(lastValueFrom(readEvents$('/dev/zero'))).rejects.toMatchObject({ code: 'INPUT_FAILED' });
  });
});
