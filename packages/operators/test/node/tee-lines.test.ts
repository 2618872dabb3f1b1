import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { teeLines } from '../../src/node.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tee-lines-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('bad input', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a number', 5],
    ['empty text', ''],
    ['an object that cannot be written to', {}],
  ])('is refused when the operator is created: %s', (_name, target) => {
    expect(() => teeLines(target as string)).toThrow('"teeLines.target" must be the path of a file or a Writable');
  });

  it('is rejected in onError', () => {
    expect(() => teeLines('run.jsonl', { onError: 'ingore' as 'ignore' })).toThrow(`'error' or 'ignore', got "ingore"`);
  });
});
