/** Fault cases that make no sense over the app-server, each with the reason. */
export const EXEC_ONLY = {
  'a line of 64 MB': 'messages of a server may be as long: `maxLineBytes` has no effect',
  'a paused subscriber, 100,000 × 2 kB': 'a server cannot be paused: more than 10,000 events are a `BUFFER_OVERFLOW`',
  'items after the turn': 'a turn ends with `turn/completed`; later items belong to no turn',
  '`error` event, then exit 1': 'a server reports the failed turn and does not exit',
  'a folder named like the CLI on PATH': 'the CLI is found as over `exec`; that of the case is not a server',
};
