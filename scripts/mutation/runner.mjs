// A test runner for Stryker that loads the tests once, without Jest: a mutant takes milliseconds instead of seconds.
// For tests without timers, module mocks and state of modules.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const require = createRequire(import.meta.url);
const stryker = (globalThis.__stryker__ ??= {});

class InProcessRunner {
  #harness;
  /** In ms, by test. */
  #times = new Map();

  capabilities() {
    return { reloadEnvironment: false };
  }

  init() {
    this.#harness = require('./harness.cjs');
    const { globals, loadFile } = this.#harness;
    Object.assign(globalThis, globals);
    const { loadTypeScript } = require('./load-typescript.cjs');
    loadTypeScript({ 'fast-check': require('./fast-check.cjs'), '@jest/globals': globals });
    require('./setup.cjs');
    for (const file of JSON.parse(process.env.MUTATION_TESTS)) loadFile(() => require(join(process.cwd(), file)));
  }

  async dryRun() {
    const tests = [];
    for (const test of this.#harness.tests) {
      stryker.currentTestId = test.id;
      const start = performance.now();
      const failureMessage = await this.#harness.runTest(test);
      const status = failureMessage === undefined ? 'success' : 'failed';
      const timeSpentMs = performance.now() - start;
      this.#times.set(test, timeSpentMs);
      tests.push({ id: test.id, name: test.id, status, failureMessage, timeSpentMs });
    }
    stryker.currentTestId = undefined;
    await this.#harness.closeSuites();
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const { tests, runTest, closeSuites } = this.#harness;
    const selected = testFilter === undefined ? [...tests] : tests.filter(({ id }) => testFilter.includes(id));
    selected.sort((a, b) => (this.#times.get(a) ?? 0) - (this.#times.get(b) ?? 0));
    try {
      for (const [index, test] of selected.entries()) {
        const failureMessage = await runTest(test);
        if (failureMessage === undefined) continue;
        if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: 'hit limit' };
        return { status: 'killed', killedBy: [test.id], failureMessage, nrOfTests: index + 1 };
      }
      return { status: 'survived', nrOfTests: selected.length };
    } finally {
      stryker.activeMutant = undefined;
      await closeSuites();
    }
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: () => new InProcessRunner() }];
