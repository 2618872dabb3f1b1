import { identity, type MonoTypeOperatorFunction, throwError, timeout } from 'rxjs';

/** Errors if the source emits nothing within `ms` milliseconds. 0 and `Infinity`: no limit. */
export function limitFirst<T>(ms: number, error: () => Error): MonoTypeOperatorFunction<T> {
  return ms > 0 && Number.isFinite(ms) ? timeout({ first: ms, with: () => throwError(error) }) : identity;
}
