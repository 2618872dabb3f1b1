import type { CaseSpec } from '../case-spec.js';
import { all, echo, errorIncludes, message, opening, said, wholeTurn } from './lines.js';

/** Exceeds the capacity of every pipe. */
const LONG_PROMPT = 'x'.repeat(1_000_000);

/** Delivery of the prompt. */
export const inputCases: readonly CaseSpec[] = [
  {
    name: 'early exit, 8 MB prompt',
    expected: 'fails; no EPIPE crashes the host',
    cli: { steps: [{ exit: 7 }], readStdin: false },
    prompt: 'x'.repeat(8_000_000),
    ends: 'error',
  },
  {
    name: 'early exit, 1 MB prompt',
    expected: 'fails with the exit code; no EPIPE crashes the host',
    cli: { steps: [{ stderr: 'Error: refused at the door\n' }, { exit: 7 }], readStdin: false },
    prompt: LONG_PROMPT,
    ends: 'error',
    check: all(errorIncludes('7'), errorIncludes('refused at the door')),
  },
  {
    name: 'stdin never read',
    expected: 'completes with its message',
    cli: { steps: [{ lines: wholeTurn }, { wait: 200 }, { exit: 0 }], readStdin: false },
    prompt: LONG_PROMPT,
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'stdin closed by the CLI',
    expected: 'completes with its message',
    cli: { shell: `exec 0<&-\nsleep 0.2\n${echo(...opening, said('Done.'), ...wholeTurn.slice(-1))}` },
    prompt: LONG_PROMPT,
    ends: 'complete',
    check: message('Done.'),
  },
];
