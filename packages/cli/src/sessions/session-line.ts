import type { Session } from '@codex-rx/core';
import { clean, cut } from '../text/terminal-text.js';

const TIME_COLUMNS = 16;
const ID_COLUMNS = 36;
const GAP = '  ';

/** One line about a session: when it was used, its id, and its name or first prompt. Pure. */
export function sessionLine({ id, name, firstPrompt, updated, kind, archived }: Session, columns: number): string {
  const marks = [...(kind === undefined || kind === 'exec' ? [] : [kind]), ...(archived ? ['archived'] : [])];
  const what = clean(`${name === undefined ? '' : `${name}: `}${firstPrompt ?? ''}`).replace(/\s+/g, ' ');
  const text = `${marks.length === 0 ? '' : `[${clean(marks.join(', '))}] `}${what}`;
  const room = Math.max(20, columns - TIME_COLUMNS - ID_COLUMNS - 2 * GAP.length);
  return [localTime(updated), clean(id).padEnd(ID_COLUMNS), cut(text.trim(), room)].join(GAP).trimEnd();
}

/** `2026-11-30 17:05` in the time zone of the system. */
function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
