import { disposeAll, disposeSince, openNow } from '../cleanup.js';
import type { CodexMatchers } from '../matchers/codex-matchers.js';
import { matchers } from '../matchers/index.js';

export type { CodexMatchers } from '../matchers/codex-matchers.js';
export type { WithinOptions } from '../matchers/observe-run.js';
export type { ExpectedEvent, Fields } from '../matchers/to-emit-events.js';
export type { EndTurnOptions } from '../matchers/to-end-turn.js';
export type { LeaveNoProcessOptions, ProcessOwner } from '../matchers/to-leave-no-process.js';
export type { MatchRunOptions } from '../matchers/to-match-run.js';
export { matchers };

declare global {
  // The way in which the types of Jest are extended.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends CodexMatchers {}
  }
}

/** What test runners put into the global scope; without it, `expect.extend(matchers)` is the test's own business. */
interface TestGlobals {
  readonly expect?: { extend?(more: typeof matchers): void };
  readonly beforeEach?: (hook: () => void) => void;
  readonly afterEach?: (hook: () => void) => void;
  readonly afterAll?: (hook: () => void) => void;
}

const { expect, beforeEach, afterEach, afterAll } = globalThis as TestGlobals;

expect?.extend?.(matchers);

// What a test leaves open ends with it, what a hook for a whole file leaves open ends with the file, also when they throw.
let openBefore = openNow();
beforeEach?.(() => {
  openBefore = openNow();
});
afterEach?.(() => {
  disposeSince(openBefore);
});
afterAll?.(disposeAll);
