import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';
import {
  command,
  completed,
  message,
  started,
  threadStarted,
  todoList,
  turnCompleted,
  turnStarted,
  usageOf,
} from '../support/events.js';
import { marbles } from '../support/operator-checklist.js';
import { lineOf, progress$ } from './progress.js';

const values = {
  t: threadStarted(),
  u: turnStarted('u1'),
  p: started(todoList('item_0', true, false), 'u1'),
  s: started(command('item_1', { command: 'npm test' }), 'u1'),
  c: completed(command('item_1', { command: 'npm test', status: 'completed' }), 'u1'),
  m: completed(message('item_2', 'Done.'), 'u1'),
  d: turnCompleted(usageOf(7), 'u1'),
};
const line = (keys: string) =>
  lineOf(
    Array.from(keys).reduce(
      (snapshot, key) => reduceSnapshot(snapshot, values[key as keyof typeof values]),
      emptySnapshot,
    ),
  );

describe('progress in a terminal', () => {
  it('shows what is being done', () => {
    expect(['', 'tu', 'tup', 'tups', 'tupsc', 'tumd'].map(line)).toEqual([
      '… starting',
      '… thinking',
      '… step 1 · 1/2 steps',
      '… npm test · 1/2 steps · 1 commands',
      '… step 1 · 1/2 steps · 1 commands',
      '✓ Done. · 7 tokens',
    ]);
  });

  it('is one line that fits, whatever the command and the answer are', () => {
    const script = `python - <<'END'\n\u001b[31m${'print(1)\n'.repeat(50)}END`;
    const lines = [
      lineOf(reduceSnapshot(emptySnapshot, started(command('item_0', { command: script }), 'u1'))),
      lineOf(
        [completed(message('item_0', `Done:\n\n${'- this\r\n'.repeat(50)}`)), turnCompleted(usageOf(7))].reduce(
          reduceSnapshot,
          emptySnapshot,
        ),
      ),
    ];
    for (const each of lines) {
      expect(each).not.toMatch(/\p{Cc}/u);
      expect(each.length).toBeLessThan(80);
    }
    expect(lines[0]).toMatch(/^… python - <<'END' .*… · 1 commands$/);
    expect(lines[1]).toMatch(/^✓ Done: - this .*… · 7 tokens$/);
  });

  it('draws the line in place, not more often than ten times a second, and the last state at the end', () => {
    marbles(({ cold, expectObservable }) => {
      const draw = (keys: string) => `\r\u001b[2K${line(keys)}`;
      const run$ = cold('tups 300ms (md|)', values);
      expectObservable(progress$(run$)).toBe('a 99ms b 303ms (d|)', {
        a: draw('t'),
        b: draw('tups'),
        d: draw('tupsmd'),
      });
    });
  });
});
