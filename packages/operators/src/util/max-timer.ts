/** Longest delay of a timer in Node.js and browsers, in ms. Longer timers fire immediately. */
export const MAX_TIMER_MS = 2_147_483_647;
