import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeBeside } from '../../src/home/write-beside.js';
import { temporaryFolder } from '../reading/temporary.js';

const place = temporaryFolder();

describe('writeBeside', () => {
  it('writes a private file in the folder of the target, which is unchanged', () => {
    const target = place.write('beside/config.toml', 'old');
    const temporary = writeBeside(target, 'new');
    expect(temporary).toMatch(/\/beside\/config\.toml\.[0-9a-f]{12}\.tmp$/);
    expect([readFileSync(temporary, 'utf8'), readFileSync(target, 'utf8')]).toEqual(['new', 'old']);
    expect(statSync(temporary).mode & 0o777).toBe(0o600);
    expect(writeBeside(target, Buffer.from('newer'))).not.toBe(temporary);
  });

  it('removes the file on failure', () => {
    const folder = join(place.path, 'failing');
    mkdirSync(folder);
    expect(() => writeBeside(join(folder, 'nowhere', 'file'), 'x')).toThrow(/ENOENT/);
    expect(() => writeBeside(join(folder, 'file'), 7 as never)).toThrow(/must be of type string/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
