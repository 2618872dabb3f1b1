import type { TodoListItem } from '@codex-rx/core';
import { counted } from '../../text/numbers.js';
import { toLines } from '../../text/terminal-text.js';
import type { Entry } from './entry.js';

/** The timeline entries of a to-do list change: the list when it is new, else each newly completed step. */
export function planEntries(before: TodoListItem | undefined, now: TodoListItem): readonly Entry[] {
  if (before === undefined || !hasSameSteps(before, now)) {
    const what = before === undefined ? 'a plan of' : 'the plan is changed:';
    const steps = now.items.map(({ text, completed }) => `[${completed ? 'x' : ' '}] ${oneLine(text)}`);
    return [{ mark: 'plan', text: `${what} ${counted(now.items.length, 'step')}`, details: steps, overflow: 'cut' }];
  }
  return now.items.flatMap(({ text, completed }, index): readonly Entry[] => {
    if (!completed || before.items[index]?.completed === true) return [];
    return [
      { mark: 'step', text: `${oneLine(text)} (${String(index + 1)}/${String(now.items.length)})`, overflow: 'cut' },
    ];
  });
}

function hasSameSteps(one: TodoListItem, other: TodoListItem): boolean {
  return one.items.length === other.items.length && one.items.every(({ text }, i) => text === other.items[i]?.text);
}

export function oneLine(text: string): string {
  return toLines(text).join(' ');
}
