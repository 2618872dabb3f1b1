import { changedItem, emptySnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import { snapshots } from '@codex-rx/operators';
import { catchError, EMPTY, lastValueFrom, type Observable, tap } from 'rxjs';
import { cutText } from '../text/cut-text.js';
import { stringify } from '../text/to-json.js';
import { buildReport } from './build-report.js';
import { type Span, turnKey } from './observed.js';
import type { RawEvent, RunFacts, RunReport } from './run-report.js';

const MAX_EVENTS = 10_000;
const MAX_EVENT_CHARS = 4096;

/** Returns the report of a stream when it ends. An error of the stream becomes part of the report. */
export async function collectRun(events$: Observable<ThreadEvent>, facts: RunFacts = {}): Promise<RunReport> {
  const items = new Map<number, Span>();
  const turns = new Map<string, Span>();
  const run: Span = {};
  const inherited = new Set<string>();
  const events: RawEvent[] = [];
  let eventCount = 0;
  let malformed = 0;
  let failure: string | undefined;
  let latest: ThreadEvent | undefined;
  let before = emptySnapshot;

  const observe = (after: ThreadSnapshot): void => {
    if (latest === undefined) return;
    const { type, receivedAt } = latest;
    eventCount++;
    if (type === 'malformed') malformed++;
    if (events.length < MAX_EVENTS)
      events.push({ type, receivedAt, json: cutText(stringify(latest), MAX_EVENT_CHARS) });
    const isInherited = latest.inherited === true;
    if (isInherited) inherited.add(turnKey(latest.thread_id, latest.turn_id));
    if (receivedAt !== undefined && !isInherited) {
      extend(run, receivedAt);
      if (latest.turn_id !== undefined) extend(entry(turns, turnKey(latest.thread_id, latest.turn_id)), receivedAt);
      const changed = changedItem(before, after);
      if (changed !== undefined) extend(entry(items, changed.index), receivedAt);
    }
    before = after;
  };
  const snapshot = await lastValueFrom(
    events$.pipe(
      tap((event) => (latest = event)),
      snapshots(),
      tap(observe),
      catchError((error: unknown) => {
        failure = error instanceof Error ? error.message : String(error);
        return EMPTY;
      }),
    ),
    { defaultValue: emptySnapshot },
  );
  // A stream that fails has no last value.
  const last = failure === undefined ? snapshot : before;
  return buildReport(last, facts, { items, turns, run, inherited, events, eventCount, malformed, failure });
}

function extend(span: Span, time: number): void {
  span.start = Math.min(span.start ?? time, time);
  span.end = Math.max(span.end ?? time, time);
}

function entry<K>(map: Map<K, Span>, key: K): Span {
  const known = map.get(key);
  if (known !== undefined) return known;
  const span: Span = {};
  map.set(key, span);
  return span;
}
