import { disposeAll, disposeSince, openResources } from '../util/open-resources.js';
import { matchers } from './index.js';

/** What test runners have in common; a hook that is not there is not used. */
export interface TestApi {
  readonly expect?: { extend?(more: typeof matchers): void } | undefined;
  readonly beforeEach?: ((hook: () => void) => void) | undefined;
  readonly afterEach?: ((hook: () => void) => void) | undefined;
  readonly afterAll?: ((hook: () => void) => void) | undefined;
}

/**
 * Gives a test runner the matchers, and ends what tests leave open of this package, also when they throw: what a test opened ends with it, what a
 * `beforeAll` opened with the file. Importing `@codex-rx/testing/jest` has done this already for a runner whose functions are global.
 *
 * ```ts no-run
 * // A setup file of Vitest.
 * // import { afterAll, afterEach, beforeEach, expect } from 'vitest';
 * import { installMatchers } from '@codex-rx/testing/jest';
 *
 * installMatchers({ expect, beforeEach, afterEach, afterAll });
 * ```
 */
export function installMatchers({ expect, beforeEach, afterEach, afterAll }: TestApi): void {
  expect?.extend?.(matchers);
  let openBefore = openResources();
  beforeEach?.(() => {
    openBefore = openResources();
  });
  afterEach?.(() => {
    disposeSince(openBefore);
  });
  afterAll?.(disposeAll);
}
