import type { TurnError } from '../../events/events.js';
import { categorize } from '../../outcome/categorize.js';
import type { WireTurnError } from './codecs.js';

/** The name of an error: `usageLimitExceeded`, or the only key of `{ responseStreamDisconnected: … }`. */
export function errorCode(info: unknown): string | undefined {
  if (typeof info === 'string') return info;
  return typeof info === 'object' && info !== null ? Object.keys(info)[0] : undefined;
}

export function mapTurnError({ message, codexErrorInfo }: WireTurnError): TurnError {
  const code = errorCode(codexErrorInfo);
  return {
    message,
    ...(code === undefined ? {} : { code }),
    category: categorize({ message, notice: undefined, stderr: '', exitCode: null }),
  };
}
