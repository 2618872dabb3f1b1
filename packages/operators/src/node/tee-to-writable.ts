import type { Writable } from 'node:stream';
import { OutputError } from '@codex-rx/core/errors';
import type { RawLine } from '@codex-rx/core/events';
import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { Fifo } from '../fifo.js';
import { subscribeWhileOpen } from '../rx/subscribe-while-open.js';
import { backpressureOf } from './backpressure.js';
import { lineText } from './line-text.js';

/** How the source ended while lines were held. */
type Ending = { readonly kind: 'complete' } | { readonly kind: 'error'; readonly error: unknown };

export function teeToWritable(writable: Writable, isTolerant: boolean): MonoTypeOperatorFunction<RawLine> {
  return (source$) =>
    new Observable<RawLine>((subscriber) => {
      const backpressure = backpressureOf(source$);
      const held = new Fifo<RawLine>();
      let unwritten = 0;
      let hasFailed = false;
      let isPassing = false;
      let isListening = true;
      let ending: Ending | undefined;

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
          fail(error instanceof Error ? error.message : String(error), error);
        }
      };
      const pass = (line: RawLine): void => {
        isPassing = true;
        if (!hasFailed) write(line);
        isPassing = false;
        subscriber.next(line);
      };
      const finish = (): void => {
        if (ending === undefined || held.length > 0 || (!hasFailed && unwritten > 0)) return;
        if (ending.kind === 'complete') subscriber.complete();
        else subscriber.error(ending.error);
      };
      const release = (): void => {
        // A failure while a line is written: that line is the first to be passed.
        if (isPassing) return;
        while (held.length > 0 && !isFull()) pass(held.take());
        if (!isFull()) backpressure?.resume();
        finish();
      };
      // An `error` event that nobody listens to ends the host. It comes after the callbacks, maybe when the consumer has left.
      const unlisten = (): void => {
        if (isListening && subscriber.closed && unwritten === 0 && !writable.errored) {
          isListening = false;
          writable.off('error', failed);
          allowListeners(writable, -1);
        }
      };

      // Its events are over: a source that is silent, or has no lines, would never find out.
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
        held.clear();
        backpressure?.resume();
      });

      subscribeWhileOpen(source$, subscriber, {
        next: (line) => {
          if (isFull() || held.length > 0) held.push(line);
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

/** Many runs may share a Writable, and Node takes many listeners for a leak. */
function allowListeners(writable: Writable, more: 1 | -1): void {
  const max = writable.getMaxListeners();
  // 0 is no limit.
  if (max > 0) writable.setMaxListeners(Math.max(1, max + more));
}

function nameOf(writable: Writable): string {
  const { path, fd } = writable as { readonly path?: unknown; readonly fd?: unknown };
  if (typeof path === 'string') return path;
  if (fd === 1) return 'standard output';
  if (fd === 2) return 'standard error';
  return 'Writable';
}
