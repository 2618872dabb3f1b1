/** Milliseconds: the longest time that Node's timers know. A longer one would fire at once. */
export const longestTimer = 2_147_483_647;
