import { closestMatch } from '../../src/util/closest-match.js';

const known = ['workingDirectory', 'timeout', 'model', 'outputSchema', 'outputLastMessage', 'oss', 'env'];

describe('closestMatch', () => {
  it.each([
    ['workingDir', 'workingDirectory'],
    ['workingdirectory', 'workingDirectory'],
    ['working_directory', 'workingDirectory'],
    ['timeOut', 'timeout'],
    ['tiemout', 'timeout'],
    ['modell', 'model'],
    ['outputScheme', 'outputSchema'],
    ['outputLast', 'outputLastMessage'],
    ['os', 'oss'],
    ['envs', 'env'],
  ])('finds what %s was meant to be', (name, meant) => {
    expect(closestMatch(name, known)).toBe(meant);
  });

  it.each(['', 'cwd', 'x', 'o', 'temperature', 'm'.repeat(10_000)])('has none for %p', (name) => {
    expect(closestMatch(name, known)).toBeUndefined();
  });
});
