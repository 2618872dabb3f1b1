import type { FakeStep } from '../../fake/fake-script.js';
import type { CaseSpec } from '../case-spec.js';
import { echo, errorIncludes, failed, message, opening, started, wholeTurn } from './lines.js';

const family: readonly FakeStep[] = [
  { spawn: { kind: 'child', seconds: 120 } },
  { spawn: { kind: 'setsid', seconds: 120 } },
  { lines: opening },
  { hang: true },
];
const stubborn: readonly FakeStep[] = [
  { ignore: ['SIGINT', 'SIGTERM', 'SIGHUP'] },
  { spawn: { kind: 'child', seconds: 120, ignoreSignals: true } },
  { spawn: { kind: 'setsid', seconds: 120, ignoreSignals: true } },
  { lines: opening },
  { hang: true },
];
const daemon: readonly FakeStep[] = [
  { spawn: { kind: 'daemon', seconds: 120, ignoreSignals: true } },
  { lines: opening },
  { hang: true },
];

/** Runs that are unsubscribed or aborted. */
export const unsubscribeCases: readonly CaseSpec[] = [
  {
    name: 'unsubscribed immediately',
    expected: 'no process is alive',
    cli: family,
    actions: { unsubscribe: 'immediately' },
    ends: 'unsubscribed',
  },
  {
    name: 'unsubscribed, with a child and a session of its own',
    expected: 'no process is alive',
    cli: family,
    actions: { unsubscribe: 'first-event' },
    ends: 'unsubscribed',
  },
  {
    name: 'unsubscribed, with a reparented daemon',
    expected: 'no process is alive',
    cli: daemon,
    actions: { unsubscribe: 'first-event' },
    ends: 'unsubscribed',
  },
  {
    name: 'unsubscribed, ignoring SIGINT and SIGTERM',
    expected: 'no process is alive',
    cli: stubborn,
    actions: { unsubscribe: 'first-event' },
    ends: 'unsubscribed',
  },
  {
    name: 'unsubscribed at the end of the turn, no exit for two minutes',
    expected: 'no process is alive',
    cli: [{ lines: wholeTurn }, { wait: 120_000 }],
    actions: { unsubscribe: 'terminal-event' },
    ends: 'unsubscribed',
  },
  {
    name: 'unsubscribed while 1,000 children exit quickly',
    expected: 'no process is alive',
    cli: {
      shell: `cat >/dev/null\n${echo(...opening)}\nn=0\nwhile [ $n -lt 1000 ]; do (:) & n=$((n+1)); done\nwait\nsleep 120`,
    },
    actions: { unsubscribe: 'first-event' },
    ends: 'unsubscribed',
  },
  {
    name: 'aborted, with a child and a session of its own',
    expected: 'fails; no process is alive',
    cli: family,
    actions: { abort: 'first-event' },
    ends: 'error',
  },
  {
    name: 'aborted, ignoring SIGINT and SIGTERM',
    expected: 'fails; no process is alive',
    cli: stubborn,
    actions: { abort: 'first-event' },
    ends: 'error',
  },
  {
    name: 'aborted, with a reparented daemon',
    expected: 'fails; no process is alive',
    cli: daemon,
    actions: { abort: 'first-event' },
    ends: 'error',
  },
  {
    name: 'a failed turn, then abort()',
    expected: 'fails with the message; the late abort does not crash the host',
    cli: [{ lines: [started, failed('the model is on strike')] }, { exit: 1 }],
    actions: { abort: 'end' },
    ends: 'error',
    check: errorIncludes('the model is on strike'),
  },
  {
    name: 'a finished turn, then abort()',
    expected: 'completes',
    cli: [{ lines: wholeTurn }],
    actions: { abort: 'terminal-event' },
    ends: 'complete',
    check: message('Done.'),
  },
];
