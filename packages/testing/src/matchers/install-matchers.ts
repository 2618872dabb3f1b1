import { disposeAll, disposeSince, openResources } from '../util/open-resources.js';
import { matchers } from './index.js';

/** The functions of a test runner. Missing functions are ignored. */
export interface TestApi {
  /** The assertion function to extend. */
  readonly expect?: { extend?(more: typeof matchers): void } | undefined;
  /** Runs a hook before each test. */
  readonly beforeEach?: ((hook: () => void) => void) | undefined;
  /** Runs a hook after each test. */
  readonly afterEach?: ((hook: () => void) => void) | undefined;
  /** Runs a hook after all tests of a file. */
  readonly afterAll?: ((hook: () => void) => void) | undefined;
}

/**
 * Installs the matchers, and hooks that dispose the fakes and scripted models which tests leave open: after the test,
 * or after the file for those of a `beforeAll` hook.
 *
 * Importing `@codex-rx/testing/jest` installs them in runners with global functions.
 *
 * @example
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
