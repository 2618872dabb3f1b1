import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_INFO } from '../../src/util/client-info.js';

it('has the version of the package', () => {
  const manifest = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  expect(CLIENT_INFO.version).toBe((JSON.parse(manifest) as { readonly version: string }).version);
});
