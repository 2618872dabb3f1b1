import type { ItemSnapshot, ThreadSnapshot } from '@codex-rx/core/events';
import { type Observed, type Span, turnKey } from './observed.js';
import type { ReportItem, ReportTurn, RunFacts, RunReport, Timing } from './run-report.js';

const NOTHING: Observed = {
  items: new Map(),
  turns: new Map(),
  run: {},
  inherited: new Set(),
  events: [],
  eventCount: 0,
  malformed: 0,
  failure: undefined,
};

/** Returns the report of a state. `observed` adds what only the events show. */
export function buildReport(snapshot: ThreadSnapshot, facts: RunFacts, observed: Observed = NOTHING): RunReport {
  const { events, eventCount, malformed, failure } = observed;
  return {
    ...facts,
    threadId: snapshot.threadId,
    status: snapshot.status,
    error: snapshot.error,
    failure,
    ...timing(observed.run),
    turns: buildTurns(snapshot, observed),
    todos: snapshot.todos,
    files: snapshot.files.toArray(),
    notices: snapshot.notices.toArray(),
    usage: snapshot.usage.total,
    events,
    eventCount,
    malformed,
  };
}

function buildTurns(snapshot: ThreadSnapshot, observed: Observed): readonly ReportTurn[] {
  const groups = new Map<string, ReportItem[]>();
  for (const one of snapshot.items.snapshots()) {
    const key = groupKey(one);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(toItem(one, snapshot, observed));
  }
  const turns = snapshot.turns.toArray().map((turn): ReportTurn => {
    const key = groupKey(turn);
    const items = groups.get(key) ?? [];
    groups.delete(key);
    const { threadId, turnId, status, attempt, error, usage } = turn;
    const span = timing(observed.turns.get(turnKey(threadId, turnId)));
    return { status, threadId, turnId, attempt, error, usage, items, ...span };
  });
  const outside = [...groups.values()].flat().sort((a, b) => a.index - b.index);
  const first: ReportTurn[] = outside.length === 0 ? [] : [{ status: 'outside', attempt: 0, items: outside }];
  return [...first, ...turns].filter(({ threadId, turnId }) => !observed.inherited.has(turnKey(threadId, turnId)));
}

function groupKey({ threadId, turnId, run }: Pick<ItemSnapshot, 'threadId' | 'turnId' | 'run'>): string {
  return `${turnKey(threadId, turnId)} ${run}`;
}

function toItem(
  { index, item, state, threadId }: ItemSnapshot,
  snapshot: ThreadSnapshot,
  { items }: Observed,
): ReportItem {
  const isOfAgent = threadId !== undefined && snapshot.threadId !== undefined && threadId !== snapshot.threadId;
  const { startedAt, endedAt, duration } = timing(items.get(index));
  const reported = item.type === 'command_execution' ? item.duration_ms : undefined;
  return { index, item, state, isOfAgent, startedAt, endedAt, duration: reported ?? duration };
}

function timing(span: Span | undefined): Timing {
  if (span?.start === undefined || span.end === undefined) return {};
  return { startedAt: span.start, endedAt: span.end, duration: span.end - span.start };
}
