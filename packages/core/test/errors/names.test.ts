import { inspect } from 'node:util';
import { errorClasses, errorSamples } from './support/samples.js';

const samples = errorSamples('text');

describe('the name of an error', () => {
  it('is tested with every class', () => {
    expect(Object.keys(samples).sort()).toEqual([...errorClasses].sort());
  });

  it.each(Object.entries(samples))('is %s, in String(error), its stack and console.log', (name, create) => {
    const error = create();
    expect(error.name).toBe(name);
    expect(String(error)).toBe(`${name}: ${error.message}`);
    expect(error.stack).toMatch(new RegExp(`^${name}: `));
    expect(inspect(error)).toMatch(new RegExp(`^${name}: `));
    expect(Object.keys(error)).not.toContain('name');
  });

  it.each(Object.entries(samples))('of a %s can be changed, as that of any Error', (name, create) => {
    const error = create();
    error.name = 'Renamed';
    expect(String(error)).toBe(`Renamed: ${error.message}`);
    expect(Object.assign(create(), { name: 'Renamed' }).name).toBe('Renamed');
    expect(create().name).toBe(name);
  });
});
