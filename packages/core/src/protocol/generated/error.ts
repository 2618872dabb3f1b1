// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { TurnError } from './shared.js';

export interface ErrorNotification {
  readonly error: TurnError;
  readonly threadId: string;
  readonly turnId: string;
  readonly willRetry: boolean;
}
