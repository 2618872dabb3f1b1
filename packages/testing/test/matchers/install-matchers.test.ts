import { existsSync } from 'node:fs';
import { fakeCodex } from '../../src/fake/index.js';
import { installMatchers, matchers } from '../../src/jest/index.js';

describe('installMatchers', () => {
  it('installs the matchers and hooks that dispose the resources of tests', () => {
    const hooks: Partial<Record<'beforeEach' | 'afterEach' | 'afterAll', () => void>> = {};
    const extended: unknown[] = [];
    installMatchers({
      expect: { extend: (more) => extended.push(more) },
      beforeEach: (hook) => (hooks.beforeEach = hook),
      afterEach: (hook) => (hooks.afterEach = hook),
      afterAll: (hook) => (hooks.afterAll = hook),
    });
    const ofTheFile = fakeCodex([]);
    hooks.beforeEach?.();
    const ofTheTest = fakeCodex([]);
    const areThere = () => [ofTheFile, ofTheTest].map(({ binary }) => existsSync(binary));
    expect(areThere()).toEqual([true, true]);
    hooks.afterEach?.();
    expect(areThere()).toEqual([true, false]);
    hooks.afterAll?.();
    expect(areThere()).toEqual([false, false]);
    expect(extended).toEqual([matchers]);
  });

  it('ignores functions that the runner lacks', () => {
    expect(() => {
      installMatchers({});
    }).not.toThrow();
  });
});
