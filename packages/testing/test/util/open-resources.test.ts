import '../../src/jest/index.js';
import { existsSync } from 'node:fs';
import { type FakeCodex, fakeCodex } from '../../src/fake/index.js';

describe('what tests leave open', () => {
  let ofTheFile: FakeCodex | undefined;
  let ofTheTest: FakeCodex | undefined;

  beforeAll(() => {
    ofTheFile = fakeCodex([]);
  });

  it('is there while the test runs', () => {
    ofTheTest = fakeCodex([]);
    expect([ofTheFile, ofTheTest].map((fake) => existsSync(fake?.binary ?? ''))).toEqual([true, true]);
  });

  it('is gone with the test, unless a hook for all tests opened it', () => {
    expect([ofTheFile, ofTheTest].map((fake) => existsSync(fake?.binary ?? ''))).toEqual([true, false]);
  });
});
