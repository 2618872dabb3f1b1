import type { FakeStep } from '../../fake/fake-script.js';
import type { CaseSpec } from '../case-spec.js';
import {
  all,
  completed,
  emits,
  failed,
  message,
  notice,
  opening,
  ran,
  said,
  started,
  wholeTurn,
  within,
} from './lines.js';

const ROCKET = 'Grüße 🚀, done.';
const bytes = Buffer.from(`${JSON.stringify(said(ROCKET))}\n`);
/** Splits the line inside multi-byte characters. */
const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
  bytes.subarray(index * 7, index * 7 + 7),
);
const GARBAGE = new Uint8Array(300_000).map((_, index) => (index % 997 === 996 ? 10 : (index * 7919) % 256));
/** Number of lines that far exceeds the pipes and the buffers of a client. */
const FLOOD = 100_000;
const flood = (bytes: number, count: number): FakeStep => ({
  repeat: count / 100,
  steps: [{ lines: Array.from({ length: 100 }, () => ran('y'.repeat(bytes))) }],
});

/** Output of the CLI. */
export const outputCases: readonly CaseSpec[] = [
  {
    name: 'a line that is not JSON',
    expected: 'completes; the turn continues',
    cli: [{ lines: [...opening, 'WARNING: not JSON', said('Done.'), completed] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: '300 kB of binary garbage',
    expected: 'completes; the turn continues',
    cli: [{ lines: opening }, { raw: GARBAGE }, { raw: '\n' }, { lines: [said('Done.'), completed] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'unknown event and item types',
    expected: 'completes',
    cli: [
      {
        lines: [
          ...opening,
          { type: 'thread.teleported', to: 'elsewhere' },
          { type: 'item.completed', item: { id: 'item_9', type: 'hologram', shape: 'cat' } },
          said('Done.'),
          completed,
        ],
      },
    ],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'terminal event with an unknown body',
    expected: 'completes: the type suffices',
    cli: [{ lines: [...opening, said('Done.'), { type: 'turn.completed', usage: 'plenty' }] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'last line without a newline',
    expected: 'completes',
    cli: [{ lines: [...opening, said('Done.')] }, { raw: JSON.stringify(completed) }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'lines in chunks of 7 bytes',
    expected: 'completes; no character is broken',
    cli: [{ lines: opening }, ...chunks.flatMap((chunk) => [{ raw: chunk }, { wait: 5 }]), { lines: [completed] }],
    ends: 'complete',
    check: message(ROCKET),
  },
  {
    name: 'a line of 6.3 MB',
    expected: 'completes; the line arrives',
    cli: [{ lines: opening }, { longLine: 6_300_000 }, { lines: [completed] }],
    ends: 'complete',
    check: emits('item.completed'),
  },
  {
    name: 'a line of 64 MB',
    expected: 'completes; memory stays bounded',
    cli: [{ lines: opening }, { longLine: 64_000_000 }, { lines: [said('Done.'), completed] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: '200 MB of stderr',
    expected: 'completes; memory stays bounded',
    cli: [{ lines: opening }, { flood: 'stderr', bytes: 200_000_000 }, { lines: [said('Done.'), completed] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: '200 MB of text on stdout',
    expected: 'completes; memory stays bounded',
    cli: [{ lines: opening }, { flood: 'stdout', bytes: 200_000_000 }, { lines: [said('Done.'), completed] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'a paused subscriber, 100,000 × 2 kB',
    expected: 'completes; back-pressure reaches the CLI, all lines arrive',
    cli: [{ lines: opening }, flood(1_880, FLOOD), { lines: [completed] }],
    actions: { pause: 2_500 },
    ends: 'complete',
    check: emits('item.completed', FLOOD),
  },
  {
    name: 'a blocking subscriber, 5,000 × 1 kB',
    expected: 'completes; back-pressure reaches the CLI, all lines arrive',
    cli: [{ lines: opening }, flood(880, 5_000), { lines: [completed] }],
    actions: { busyFor: 0.1 },
    ends: 'complete',
    check: emits('item.completed', 5_000),
  },
  {
    name: '"Reconnecting… 1/5", then success',
    expected: 'completes: a notice does not end the run',
    cli: [{ lines: [...opening, notice('Reconnecting... 1/5'), said('Done.'), completed] }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'items after the turn',
    expected: 'completes; the items arrive',
    cli: [{ lines: [...wholeTurn, ran('more')] }],
    ends: 'complete',
    check: all(emits('item.completed', 2), emits('turn.completed')),
  },
  {
    name: '10 MB of noise after the turn',
    expected: 'completes',
    cli: [{ lines: wholeTurn }, { flood: 'stdout', bytes: 10_000_000 }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'two terminal events, completed first',
    expected: 'completes: the first one counts',
    cli: [{ lines: [...wholeTurn, failed('too late')] }, { exit: 1 }],
    ends: 'complete',
    check: message('Done.'),
  },
  {
    name: 'two terminal events, failed first',
    expected: 'fails: the first one counts',
    cli: [{ lines: [started, failed('early failure'), completed] }],
    ends: 'error',
    check: (seen) =>
      seen.error?.text.includes('early failure') === true
        ? within(10_000)(seen)
        : 'the error does not include "early failure"',
  },
];
