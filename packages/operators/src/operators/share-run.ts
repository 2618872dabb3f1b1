import { type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import { distinctUntilChanged, Observable, type OperatorFunction, ReplaySubject, Subscription, timer } from 'rxjs';
import { checkTimer } from '../util/check-timer.js';
import { type SnapshotsOptions, snapshots } from './snapshots.js';

/** Options of `shareRun()`. */
export interface ShareRunOptions extends SnapshotsOptions {
  /**
   * The end of an unfinished run: `true` (default), when the last subscriber unsubscribes; a number, after this many ms
   * without a subscriber; `false`, never.
   */
  readonly refCount?: boolean | number | undefined;
}

/**
 * Shares one run between any number of subscribers, as snapshots.
 *
 * <span class="informal">Late subscribers receive the latest state, then what follows.</span>
 *
 * Subscribes to the source once, with the first subscriber, and emits a {@link ThreadSnapshot} for each event that
 * changes something. A later subscriber receives the latest snapshot synchronously. The state remains: a subscriber
 * after the end receives the last snapshot and the completion or the error. The run never starts again: after
 * `refCount` has ended it, subscribers receive its last snapshot, and complete.
 *
 * Unlike the other operators, it has one state per resulting Observable, not per subscription.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { shareRun } from '@codex-rx/operators';
 *
 * const run$ = exec$({ prompt: 'Fix the build.', workingDirectory: '.', timeout: 30 * 60_000 }).pipe(
 *   shareRun({ refCount: 10_000 }),
 * );
 * run$.subscribe(({ status }) => console.log('first', status));
 * setTimeout(() => run$.subscribe(({ status }) => console.log('late', status)), 5_000);
 * ```
 *
 * @see {@link snapshotPatches} to send the state of a run to a browser
 *
 * @param options When the run ends early, and the snapshot to start from.
 * @returns An operator that shares the snapshots of the source.
 * @throws {RequestError} (code `REQUEST_INVALID`) If `refCount` is a number that is not a valid delay.
 */
export function shareRun(options: ShareRunOptions = {}): OperatorFunction<ThreadEvent, ThreadSnapshot> {
  const { refCount = true } = options;
  if (typeof refCount === 'number') checkTimer('shareRun.refCount', refCount);
  return (source$) => {
    const state$ = new ReplaySubject<ThreadSnapshot>(1);
    const connection = new Subscription();
    let isConnected = false;
    let subscribers = 0;
    let idle = new Subscription();

    const end = (): void => {
      connection.unsubscribe();
      state$.complete();
    };
    const release = (): void => {
      if (--subscribers > 0 || refCount === false) return;
      if (refCount === true) end();
      else idle = timer(refCount).subscribe(end);
    };
    return new Observable((subscriber) => {
      subscribers++;
      idle.unsubscribe();
      subscriber.add(release);
      subscriber.add(state$.subscribe(subscriber));
      if (isConnected) return;
      isConnected = true;
      const snapshots$ = source$.pipe(snapshots(options), distinctUntilChanged());
      connection.add(snapshots$.subscribe(state$));
    });
  };
}
