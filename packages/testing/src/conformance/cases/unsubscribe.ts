import type { FakeStep } from '../../fake/fake-script.js';
import type { CaseSpec } from '../case-spec.js';
import { echo, errorTells, failed, message, opening, started, wholeTurn } from './lines.js';

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

/** A consumer that goes. */
export const leavingCases: readonly CaseSpec[] = [
  {
    name: 'unsubscribed at once',
    expected: 'nothing is alive',
    cli: family,
    plan: { leave: 'at-once' },
    ends: 'left',
  },
  {
    name: 'unsubscribed, with a child and a session of its own',
    expected: 'nothing is alive',
    cli: family,
    plan: { leave: 'first-event' },
    ends: 'left',
  },
  {
    name: 'unsubscribed, with a reparented daemon',
    expected: 'nothing is alive',
    cli: daemon,
    plan: { leave: 'first-event' },
    ends: 'left',
  },
  {
    name: 'unsubscribed, ignoring SIGINT and SIGTERM',
    expected: 'nothing is alive',
    cli: stubborn,
    plan: { leave: 'first-event' },
    ends: 'left',
  },
  {
    name: 'unsubscribed at the end of the turn, staying for two minutes',
    expected: 'nothing is alive',
    cli: [{ lines: wholeTurn }, { wait: 120_000 }],
    plan: { leave: 'terminal-event' },
    ends: 'left',
  },
  {
    name: 'unsubscribed while 1,000 children start and end quickly',
    expected: 'nothing is alive',
    cli: {
      shell: `cat >/dev/null\n${echo(...opening)}\nn=0\nwhile [ $n -lt 1000 ]; do (:) & n=$((n+1)); done\nwait\nsleep 120`,
    },
    plan: { leave: 'first-event' },
    ends: 'left',
  },
  {
    name: 'aborted, with a child and a session of its own',
    expected: 'fails; nothing is alive',
    cli: family,
    plan: { abort: 'first-event' },
    ends: 'error',
  },
  {
    name: 'aborted, ignoring SIGINT and SIGTERM',
    expected: 'fails; nothing is alive',
    cli: stubborn,
    plan: { abort: 'first-event' },
    ends: 'error',
  },
  {
    name: 'aborted, with a reparented daemon',
    expected: 'fails; nothing is alive',
    cli: daemon,
    plan: { abort: 'first-event' },
    ends: 'error',
  },
  {
    name: 'a failed turn, then abort()',
    expected: 'fails by the turn; the late abort crashes nothing',
    cli: [{ lines: [started, failed('the model is on strike')] }, { exit: 1 }],
    plan: { abort: 'end' },
    ends: 'error',
    check: errorTells('the model is on strike'),
  },
  {
    name: 'a finished turn, then abort()',
    expected: 'completes',
    cli: [{ lines: wholeTurn }],
    plan: { abort: 'terminal-event' },
    ends: 'complete',
    check: message('Done.'),
  },
];
