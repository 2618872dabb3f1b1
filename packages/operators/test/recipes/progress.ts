import type { ThreadEvent } from '@codex-rx/core/events';
import { shellCommand, snapshots, type ThreadSnapshot } from '@codex-rx/operators';
import { distinctUntilChanged, map, type Observable, throttleTime } from 'rxjs';

const marks = { pending: '…', in_progress: '…', completed: '✓', failed: '✗' } as const;

/** The narrowest of terminals. */
const width = 80;

/** The state of a run in one line. */
export function lineOf(snapshot: ThreadSnapshot): string {
  const { status, todos, commands, usage } = snapshot;
  const steps = todos?.items ?? [];
  const done = steps.filter(({ completed }) => completed).length;
  const counts = [
    steps.length > 0 ? ` · ${String(done)}/${String(steps.length)} steps` : '',
    commands.length > 0 ? ` · ${String(commands.length)} commands` : '',
    usage.total === undefined ? '' : ` · ${String(usage.total.output_tokens)} tokens`,
  ].join('');
  const text = status === 'in_progress' ? activityOf(snapshot) : outcomeOf(snapshot);
  return `${marks[status]} ${shortened(text, width - 3 - counts.length)}${counts}`;
}

/** Without line breaks and other control characters: commands and answers have them. */
function shortened(text: string, length: number): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

function activityOf({ commands, todos }: ThreadSnapshot): string {
  const command = commands.at(-1);
  if (command?.status === 'in_progress') return shellCommand(command);
  return todos?.items.find(({ completed }) => !completed)?.text ?? 'thinking';
}

function outcomeOf({ error, messages }: ThreadSnapshot): string {
  return error?.message ?? messages.at(-1)?.text ?? 'starting';
}

/** Emits the output for a terminal: the line, redrawn in place, at most ten times per second. */
export function progress$(run$: Observable<ThreadEvent>): Observable<string> {
  return run$.pipe(
    snapshots(),
    throttleTime(100, undefined, { leading: true, trailing: true }),
    map(lineOf),
    distinctUntilChanged(),
    map((line) => `\r\u001b[2K${line}`),
  );
}
