import type { ObservableNotification } from 'rxjs';

/** What a stream did, and when: ms after it was subscribed to. */
export interface Moment<T> {
  readonly frame: number;
  readonly notification: ObservableNotification<T>;
}

export const nextAt = <T>(frame: number, value: T): Moment<T> => ({ frame, notification: { kind: 'N', value } });
export const errorAt = (frame: number, error: unknown): Moment<never> => ({
  frame,
  notification: { kind: 'E', error },
});
export const completeAt = (frame: number): Moment<never> => ({ frame, notification: { kind: 'C' } });
