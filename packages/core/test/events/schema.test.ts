import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { sampleFlips } from './flips.js';
import { sampleEvents } from './samples.js';

const root = join(__dirname, '..', '..', '..', '..');
const schema = JSON.parse(readFileSync(join(root, 'docs', 'schema', 'thread-event.schema.json'), 'utf8')) as object;
const validate = new Ajv().compile(schema);

describe('the JSON Schema of events', () => {
  it('is up to date', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'docs-schema.mjs'), '--check'], {
      cwd: root,
      encoding: 'utf8',
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('accepts every type of event', () => {
    expect(sampleEvents.filter((event) => validate(event) !== true)).toEqual([]);
  });

  it('accepts new fields', () => {
    expect(validate({ type: 'turn.started', mood: 'good' })).toBe(true);
  });

  it('rejects an event in which the type of any field is wrong', () => {
    expect(sampleFlips.filter(({ flipped }) => validate(flipped) === true).map(({ name }) => name)).toEqual([]);
  });
});
