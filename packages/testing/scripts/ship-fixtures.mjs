// Before packing: copies the recorded runs into the package. After it (--remove): takes them out again, since in the repository they are beside it.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const shipped = join(import.meta.dirname, '..', 'fixtures');
rmSync(shipped, { recursive: true, force: true });
if (!process.argv.includes('--remove'))
  cpSync(join(import.meta.dirname, '..', '..', '..', 'fixtures'), shipped, { recursive: true });
