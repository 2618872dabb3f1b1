// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { RequestId } from './shared.js';

export interface ServerRequestResolvedNotification {
  readonly requestId: RequestId;
  readonly threadId: string;
}
