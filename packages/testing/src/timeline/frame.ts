import type { ObservableNotification } from 'rxjs';

/** What a stream did, and when: ms after it was subscribed to. */
export interface Frame<T> {
  readonly frame: number;
  readonly notification: ObservableNotification<T>;
}

export const nextAt = <T>(frame: number, value: T): Frame<T> => ({ frame, notification: { kind: 'N', value } });
export const errorAt = (frame: number, error: unknown): Frame<never> => ({
  frame,
  notification: { kind: 'E', error },
});
export const completeAt = (frame: number): Frame<never> => ({ frame, notification: { kind: 'C' } });
