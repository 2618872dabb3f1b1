import type { ObservableNotification } from 'rxjs';

/** A notification and its time. */
export interface Frame<T> {
  /** In ms since the subscription. */
  readonly frame: number;
  readonly notification: ObservableNotification<T>;
}

export const nextAt = <T>(frame: number, value: T): Frame<T> => ({ frame, notification: { kind: 'N', value } });
export const errorAt = (frame: number, error: unknown): Frame<never> => ({
  frame,
  notification: { kind: 'E', error },
});
export const completeAt = (frame: number): Frame<never> => ({ frame, notification: { kind: 'C' } });
