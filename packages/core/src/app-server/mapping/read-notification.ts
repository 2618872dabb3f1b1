import * as t from 'io-ts';
import { diagnose } from '../../process/diagnostics.js';
import type { ServerNotification } from '../../protocol/messages.js';
import { goal, rateLimits } from './answer-codecs.js';
import { nullable } from './nullable.js';

/** The fields that are read of the notifications that are not mapped to events. */
const codecs = {
  'account/login/completed': t.intersection([
    t.type({ success: t.boolean }),
    t.partial({ loginId: nullable(t.string), error: nullable(t.string) }),
  ]),
  'account/rateLimits/updated': t.type({ rateLimits }),
  'thread/goal/updated': t.type({ goal }),
} as const;

/** Returns the parameters of a notification. Reports those with an unexpected shape, and returns `undefined`. */
export function readNotification<M extends keyof typeof codecs>(
  method: M,
  params: unknown,
): ServerNotification<M>['params'] | undefined {
  if (codecs[method].is(params)) return params as ServerNotification<M>['params'];
  diagnose({ type: 'protocolError', problem: `${method} has an unexpected shape`, text: '' });
  return undefined;
}
