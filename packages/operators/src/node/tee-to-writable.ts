import type { Writable } from 'node:stream';
import { OutputError } from '@codex-rx/core/errors';
import type { RawLine } from '@codex-rx/core/events';
import { backpressureOf } from '@codex-rx/core/interop';
import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { errorMessage } from '../util/error-message.js';
import { subscribeWhileOpen } from '../util/subscribe-while-open.js';
import { lineText } from './line-text.js';

/** How the source ended while lines were waiting. */
type Ending = { readonly kind: 'complete' } | { readonly kind: 'error'; readonly error: unknown };

export function teeToWritable(writable: Writable, isTolerant: boolean): MonoTypeOperatorFunction<RawLine> {
  return (source$) =>
    new Observable<RawLine>((subscriber) => {
      const backpressure = backpressureOf(source$);
      /** Lines that wait for the Writable, behind those in `ready`. */
      let waiting: RawLine[] = [];
      /** The next lines, the first one at the end: `Array.shift` takes seconds for 100,000 lines. */
      let ready: RawLine[] = [];
      let unwritten = 0;
      let hasFailed = false;
      let isWriting = false;
      let isListening = true;
      let ending: Ending | undefined;

      const hasWaiting = (): boolean => ready.length > 0 || waiting.length > 0;
      const takeWaiting = (): RawLine | undefined => {
        if (ready.length === 0) {
          ready = waiting.reverse();
          waiting = [];
        }
        return ready.pop();
      };
      const isFull = (): boolean => !hasFailed && writable.writableNeedDrain;
      const fail = (problem: string, cause?: unknown): void => {
        if (hasFailed || subscriber.closed) return;
        hasFailed = true;
        if (isTolerant) release();
        else subscriber.error(new OutputError('tee', nameOf(writable), problem, cause));
      };
      const failed = (error: Error): void => {
        fail(error.message, error);
      };
      const closed = (): void => {
        fail('was closed before the end of the lines');
      };

      const write = (line: RawLine): void => {
        if (isGone(writable)) {
          closed();
          return;
        }
        unwritten++;
        try {
          writable.write(lineText(line), (error) => {
            unwritten--;
            if (error) failed(error);
            finish();
            unlisten();
          });
        } catch (error) {
          unwritten--;
          fail(errorMessage(error), error);
        }
      };
      const pass = (line: RawLine): void => {
        isWriting = true;
        if (!hasFailed) write(line);
        isWriting = false;
        subscriber.next(line);
      };
      const finish = (): void => {
        if (ending === undefined || hasWaiting() || (!hasFailed && unwritten > 0)) return;
        if (ending.kind === 'complete') subscriber.complete();
        else subscriber.error(ending.error);
      };
      const release = (): void => {
        // The write of a line failed: that line is emitted before those that wait.
        if (isWriting) return;
        while (!isFull()) {
          const line = takeWaiting();
          if (line === undefined) break;
          pass(line);
        }
        if (!isFull()) backpressure?.resume();
        finish();
      };
      // An unhandled `error` event would end the host. It is emitted after the callbacks, maybe after the subscriber
      // has unsubscribed.
      const unlisten = (): void => {
        if (isListening && subscriber.closed && unwritten === 0 && !writable.errored) {
          isListening = false;
          writable.off('error', failed);
          allowListeners(writable, -1);
        }
      };

      // A closed Writable emits no further event, and a silent source writes no line that would fail.
      if (isGone(writable)) {
        const cause = writable.errored ?? undefined;
        fail(cause?.message ?? 'was closed before the first line', cause);
      }
      if (subscriber.closed) return;
      allowListeners(writable, 1);
      writable.on('drain', release);
      writable.on('error', failed);
      writable.on('finish', closed);
      writable.on('close', closed);
      subscriber.add(() => {
        writable.off('drain', release);
        writable.off('finish', closed);
        writable.off('close', closed);
        unlisten();
        waiting = [];
        ready = [];
        backpressure?.resume();
      });

      subscribeWhileOpen(source$, subscriber, {
        next: (line) => {
          if (isFull() || hasWaiting()) waiting.push(line);
          else pass(line);
          if (hasFailed) release();
          else if (isFull() && !subscriber.closed) backpressure?.pause();
        },
        error: (error: unknown) => {
          ending = { kind: 'error', error };
          finish();
        },
        complete: () => {
          ending = { kind: 'complete' };
          finish();
        },
      });
    });
}

function isGone(writable: Writable): boolean {
  return writable.destroyed || writable.writableEnded;
}

/** Raises the limit of listeners: many runs may share a Writable, and Node.js warns of many listeners. */
function allowListeners(writable: Writable, more: 1 | -1): void {
  const max = writable.getMaxListeners();
  // 0 means no limit.
  if (max > 0) writable.setMaxListeners(Math.max(1, max + more));
}

function nameOf(writable: Writable): string {
  const { path, fd } = writable as { readonly path?: unknown; readonly fd?: unknown };
  if (typeof path === 'string') return path;
  if (fd === 1) return 'standard output';
  if (fd === 2) return 'standard error';
  return 'Writable';
}
