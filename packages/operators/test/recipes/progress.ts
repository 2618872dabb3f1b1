import type { ThreadEvent } from '@codex-rx/core/events';
import { snapshots, type ThreadSnapshot } from '@codex-rx/operators';
import { distinctUntilChanged, map, type Observable, throttleTime } from 'rxjs';

const marks = { pending: '…', in_progress: '…', completed: '✓', failed: '✗' } as const;

/** The state of a run in one line. */
export function lineOf(snapshot: ThreadSnapshot): string {
  const { status, plan, commands, usage } = snapshot;
  const steps = plan?.items ?? [];
  const done = steps.filter(({ completed }) => completed).length;
  const parts = [
    `${marks[status]} ${status === 'in_progress' ? activityOf(snapshot) : outcomeOf(snapshot)}`,
    steps.length > 0 ? `${String(done)}/${String(steps.length)} steps` : '',
    commands.length > 0 ? `${String(commands.length)} commands` : '',
    usage.total === undefined ? '' : `${String(usage.total.output_tokens)} tokens`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function activityOf({ commands, plan }: ThreadSnapshot): string {
  const command = commands.at(-1);
  if (command?.status === 'in_progress') return command.command;
  return plan?.items.find(({ completed }) => !completed)?.text ?? 'thinking';
}

function outcomeOf({ error, messages }: ThreadSnapshot): string {
  return error?.message ?? messages.at(-1)?.text ?? 'starting';
}

/** What to write to a terminal: the line, drawn anew in place, ten times a second at most. */
export function progress$(run$: Observable<ThreadEvent>): Observable<string> {
  return run$.pipe(
    snapshots(),
    throttleTime(100, undefined, { leading: true, trailing: true }),
    map(lineOf),
    distinctUntilChanged(),
    map((line) => `\r\u001b[2K${line}`),
  );
}
