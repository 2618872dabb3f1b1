import type { CodexMatchers } from '../matchers/codex-matchers.js';
import { installMatchers, type TestApi } from '../matchers/install-matchers.js';

export type { CodexMatchers } from '../matchers/codex-matchers.js';
export { matchers } from '../matchers/index.js';
export { installMatchers, type TestApi } from '../matchers/install-matchers.js';
export type { WithinOptions } from '../matchers/observe-run.js';
export type { ExpectedEvent, Fields } from '../matchers/to-emit-events.js';
export type { EndTurnOptions } from '../matchers/to-end-turn.js';
export type { LeaveNoProcessOptions, ProcessOwner } from '../matchers/to-leave-no-process.js';
export type { MatchRunOptions } from '../matchers/to-match-run.js';

declare global {
  // Jest's types can be extended by declaration merging only.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends CodexMatchers {}
  }
}

// Jest defines its functions globally, Vitest with `globals: true`.
installMatchers(globalThis as TestApi);
