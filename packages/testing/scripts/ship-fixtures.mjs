// Copies the recorded runs into the package before packing. With --remove it removes them after packing, because the
// repository contains them in its root.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const shipped = join(import.meta.dirname, '..', 'fixtures');
rmSync(shipped, { recursive: true, force: true });
if (!process.argv.includes('--remove'))
  cpSync(join(import.meta.dirname, '..', '..', '..', 'fixtures'), shipped, { recursive: true });
