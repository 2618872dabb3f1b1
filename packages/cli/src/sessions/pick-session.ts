import { createInterface } from 'node:readline/promises';
import { sessions$ } from '@codex-rx/core';
import { filter, lastValueFrom, take, toArray } from 'rxjs';
import type { Context } from '../command/context.js';
import { UsageError } from '../command/usage-error.js';
import { sessionLine } from './session-line.js';

const CHOICES = 12;

/** Asks the user which of the latest sessions to take. Throws a `UsageError` without a terminal or a choice. */
export async function pickSession({ stdin, stderr, signal }: Context): Promise<string> {
  if (!stdin.isTTY || !stderr.isTTY) throw new UsageError('Name a file or a session, or pass --latest.');
  const recent$ = sessions$({ onSkipped: () => undefined }).pipe(
    filter(({ parent }) => parent === undefined),
    take(CHOICES),
    toArray(),
  );
  const recent = await lastValueFrom(recent$);
  if (recent.length === 0) throw new UsageError('There is no session yet.');
  const lines = recent.map((session, i) => `${String(i + 1).padStart(3)}  ${sessionLine(session, stderr.columns - 5)}`);
  stderr.write(`${lines.join('\n')}\n`);
  const terminal = createInterface({ input: stdin, output: stderr });
  // The terminal passes Ctrl-C on as a key while it reads a line.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const question = `Which one? [1-${String(recent.length)}, Enter: 1] `;
    const answer = await terminal.question(question, { signal }).catch((error: unknown) => {
      // Ctrl-D ends the input.
      throw signal.aborted ? error : new UsageError('No session was chosen.');
    });
    const chosen = recent[answer.trim() === '' ? 0 : Number(answer) - 1];
    if (chosen === undefined) throw new UsageError(`There is no number ${answer.trim()} in the list.`);
    return chosen.path;
  } finally {
    terminal.close();
  }
}
