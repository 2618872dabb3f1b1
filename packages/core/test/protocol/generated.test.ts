import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

describe('npm run protocol:generate', () => {
  it('writes exactly the committed types from the pinned CLI', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/protocol-generate.mjs', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
