import type { ClientRequests } from './generated/client-requests.js';
import type { ServerNotifications } from './generated/server-notifications.js';
import type { ServerRequests } from './generated/server-requests.js';

/** The name of a request of the client, such as `thread/list`. */
export type ClientMethod = keyof ClientRequests;
/** The parameters of a request of the client. */
export type ParamsOf<M extends ClientMethod> = ClientRequests[M]['params'];
/** The result of a request of the client. */
export type ResultOf<M extends ClientMethod> = ClientRequests[M]['result'];

/** The name of a notification of the server, such as `turn/started`. */
export type NotificationMethod = keyof ServerNotifications;
/** A notification of the server, discriminated on `method`. */
export type ServerNotification<M extends NotificationMethod = NotificationMethod> = {
  readonly [K in M]: { readonly method: K; readonly params: ServerNotifications[K] };
}[M];

/** The name of a request of the server, such as `item/tool/call`. */
export type ServerMethod = keyof ServerRequests;
/** The parameters of a request of the server. */
export type ServerParamsOf<M extends ServerMethod> = ServerRequests[M]['params'];
/** The answer to a request of the server. */
export type AnswerOf<M extends ServerMethod> = ServerRequests[M]['result'];

/** The id of a request. Ids of both directions are independent. */
export type RequestId = string | number;
