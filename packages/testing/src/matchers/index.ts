import { toEmitEvents } from './to-emit-events.js';
import { toEndTurn } from './to-end-turn.js';
import { toLeaveNoProcess } from './to-leave-no-process.js';
import { toMatchRun } from './to-match-run.js';

/** The matchers, for `expect.extend(matchers)`. */
export const matchers = { toEmitEvents, toEndTurn, toMatchRun, toLeaveNoProcess } as const;
