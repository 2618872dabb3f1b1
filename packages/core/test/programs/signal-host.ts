// An application with its own clean-up for a signal, for tests of its interaction with the listeners of codex-rx. Its
// argument is a `SignalHostSpec`. It writes `ready`, then `cleaned` after its clean-up, which takes 200 ms, and exits
// with code 7.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import * as codexRx from '@codex-rx/core';
import { fromEvent, takeUntil } from 'rxjs';

export const WAYS = [
  'on',
  'once',
  'prependListener',
  'prependOnceListener',
  'removeAllListeners',
  'removeEverything',
  'abort',
  'takeUntil',
  'events.once',
  'none',
] as const;

export interface SignalHostSpec {
  readonly request: codexRx.ExecRequest;
  readonly signal: NodeJS.Signals;
  readonly way: (typeof WAYS)[number];
  readonly isBefore: boolean;
  /** Path of another copy of codex-rx, which has a run of its own. */
  readonly otherCopy?: string;
}

const { request, signal, way, isBefore, otherCopy } = JSON.parse(process.argv[2] ?? '{}') as SignalHostSpec;
const say = (word: string): void => {
  process.stdout.write(`${word}\n`);
};
const cleanUp = (): void => {
  setTimeout(() => {
    say('cleaned');
    process.exit(7);
  }, 200);
};
const controller = new AbortController();

const register: Record<SignalHostSpec['way'], () => unknown> = {
  on: () => process.on(signal, cleanUp),
  once: () => process.once(signal, cleanUp),
  prependListener: () => process.prependListener(signal, cleanUp),
  prependOnceListener: () => process.prependOnceListener(signal, cleanUp),
  removeAllListeners: () =>
    process.on(signal, () => {
      process.removeAllListeners(signal);
      cleanUp();
    }),
  removeEverything: () =>
    process.prependListener(signal, () => {
      process.removeAllListeners();
      cleanUp();
    }),
  abort: () =>
    process.once(signal, () => {
      controller.abort();
      cleanUp();
    }),
  takeUntil: () => undefined,
  'events.once': () => once(process, signal).then(cleanUp),
  none: () => undefined,
};

if (isBefore) register[way]();
const core = createRequire(__filename);
const copies = [codexRx, ...(otherCopy === undefined ? [] : [core(otherCopy) as typeof codexRx])];
let waiting = copies.length;
for (const copy of copies) {
  const run$ = copy.exec$({ ...request, signal: controller.signal });
  const limited$ = way === 'takeUntil' ? run$.pipe(takeUntil(fromEvent(process, signal))) : run$;
  limited$.subscribe({
    next: ({ type }) => {
      if (type !== 'thread.started') return;
      waiting -= 1;
      if (waiting > 0) return;
      if (!isBefore) register[way]();
      setTimeout(say, 20, 'ready');
    },
    error: () => undefined,
    complete: way === 'takeUntil' ? cleanUp : () => undefined,
  });
}
setInterval(() => undefined, 60_000);
