import type { ThreadEvent } from '@codex-rx/core';
import { events, items } from '@codex-rx/testing';
import { concat, map, type Observable, of, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Screen } from '../../src/terminal/screen.js';
import { type WatchOptions, watch$ } from '../../src/terminal/watch.js';
import { bare, coloured, plain } from '../support/styles.js';

interface Picture {
  readonly at: number;
  readonly lines: readonly string[];
  readonly below: readonly string[];
}

const running = items.commandExecution('npm test', { status: 'in_progress' });
const done = items.commandExecution('npm test');

/** The output of a run in virtual time, and its end. */
function watched(run$: () => Observable<ThreadEvent>, isLive: boolean, options: Partial<WatchOptions> = {}) {
  const pictures: Picture[] = [];
  const ends: string[] = [];
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    const screen: Screen = {
      style: isLive ? coloured : plain,
      isLive,
      print: (lines, below = []) => {
        if (scheduler.now() > 60_000) throw new Error('it is still drawn');
        pictures.push({ at: scheduler.now(), lines: bare(lines), below: bare(below) });
      },
      hold: () => () => undefined,
      close: () => undefined,
    };
    watch$(run$(), screen, { signal: new AbortController().signal, ...options }).subscribe({
      next: ({ event }) => ends.push(event.type),
      error: (error: unknown) => ends.push(String(error)),
      complete: () => ends.push('complete'),
    });
    flush();
  });
  return { pictures, ends };
}

/** A command that takes three tenths of a second. */
function command$(): Observable<ThreadEvent> {
  return concat(of(events.itemStarted(running)), timer(300).pipe(map(() => events.itemCompleted(done))));
}

it('adds the lines of each event to the timeline, with the time since the run was begun', () => {
  const { pictures } = watched(command$, false);
  expect(pictures.flatMap(({ lines }) => lines)).toEqual(['   0.3s  run     npm test  (ok, 0.3s)']);
});

it('shows on a terminal ten times a second what goes on, until the run ends', () => {
  const { pictures } = watched(command$, true);
  expect(pictures.map(({ at }) => at)).toEqual([0, 0, 100, 200, 300]);
  expect(pictures.map(({ below }) => below.at(-1)?.match(/\d\.\ds {2}\$ npm test/)?.[0])).toContain('0.2s  $ npm test');
});

it('shows plain lines only when there is something new', () => {
  const { pictures } = watched(command$, false);
  expect(pictures.map(({ at }) => at)).toEqual([0, 300]);
  expect(pictures.flatMap(({ below }) => below)).toEqual([]);
});

it('emits and completes as the run does', () => {
  expect(watched(command$, true).ends).toEqual(['item.started', 'item.completed', 'complete']);
});

it('errors as the run does, and shows nothing afterwards', () => {
  const failing$ = () =>
    concat(
      command$(),
      throwError(() => new Error('gone')),
    );
  const { pictures, ends } = watched(failing$, true);
  expect(ends).toEqual(['item.started', 'item.completed', 'Error: gone']);
  expect(Math.max(...pictures.map(({ at }) => at))).toBe(300);
});

it('copes with a run that is over at once', () => {
  expect(watched(() => of(...events.run()), true).ends.at(-1)).toBe('complete');
});

it('says below the timeline that the run is being ended', () => {
  const { pictures } = watched(command$, true, { signal: AbortSignal.abort() });
  expect(pictures.at(-1)?.below.at(-1)).toContain('ending the run');
});

it('shows paths relative to the folder', () => {
  const change$ = () => of(events.itemCompleted(items.fileChange({ '/repo/a.ts': 'add' })));
  const { pictures } = watched(change$, false, { folder: '/repo' });
  expect(pictures[0]?.lines).toEqual(['   0.0s  edit    A a.ts']);
});
