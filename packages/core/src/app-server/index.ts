export type * from '../protocol/generated/client-requests.js';
export type * from '../protocol/generated/server-notifications.js';
export type * from '../protocol/generated/server-requests.js';
export type * from '../protocol/messages.js';
export { approvals } from './approvals/approvals.js';
export type { TerminalOptions } from './approvals/in-terminal.js';
export type * from './approvals/types.js';
export { mapNotification, type WireNotification } from './mapping/map-notification.js';
export { initialMappingState, type MappingState } from './mapping/mapping-state.js';
export type {
  AppServer,
  ListThreadsOptions,
  Model,
  StoredThread,
  ThreadMethods,
} from './server/app-server.js';
export { attach$ } from './server/attach.js';
export type { AppServerInfo } from './server/info.js';
export type { ServerLoginEvent, ServerLoginRequest } from './server/login.js';
export { appServer$, openAppServer } from './server/open.js';
export type * from './server/options.js';
export type { RateLimits } from './server/rate-limits.js';
export type { RequestOptions } from './server/server-context.js';
export type { ConnectionState } from './server/server-hub.js';
export type { AppServerThread } from './thread/app-server-thread.js';
export type { GoalOptions } from './thread/goal.js';
export type { Goal } from './thread/goal-state.js';
export type { DynamicTool, ReviewOptions, ThreadOptions, TurnOptions, UserInput } from './thread/thread-options.js';
export type { ProcessOptions } from './transport/process-options.js';
export type { RemoteAddress } from './transport/remote-address.js';
export type { AppServerTransport } from './transport/transport.js';
