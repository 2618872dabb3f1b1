import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly typesVersions: Readonly<Record<'*', Readonly<Record<string, readonly string[]>>>>;
}

describe.each(['core', 'operators', 'testing', 'cli'])('the manifest of %s', (name) => {
  it('has types for `moduleResolution: node10` of each entry point', () => {
    const path = join(__dirname, '../../..', name, 'package.json');
    const { exports, typesVersions } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    const entries = Object.keys(exports).filter((entry) => entry !== '.' && entry !== './package.json');
    expect(Object.keys(typesVersions['*']).sort()).toEqual(entries.map((entry) => entry.slice(2)).sort());
  });
});
