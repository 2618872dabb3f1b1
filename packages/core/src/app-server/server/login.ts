import { defer, map, Observable } from 'rxjs';
import { CapabilityError, RequestError, RpcError } from '../../errors/index.js';
import type { ResultOf, ServerNotification } from '../../protocol/messages.js';
import { checkOneOf, checkString } from '../../request/checks.js';
import { isBefore, parseVersion } from '../../request/version-number.js';
import { malformedAnswer } from '../mapping/answer-codecs.js';
import { readNotification } from '../mapping/read-notification.js';
import type { ServerHub } from './server-hub.js';

/** How to log the server in. */
export type ServerLoginRequest =
  | { readonly method: 'apiKey'; readonly apiKey: string }
  | { readonly method: 'browser' }
  | { readonly method: 'deviceCode' };

/** The page that the user has to open, then the outcome. */
export type ServerLoginEvent =
  | {
      readonly type: 'open';
      /** The id of the attempt. */
      readonly loginId: string;
      /** To be opened in a browser. */
      readonly url: string;
      /** To be typed in there (device code only). */
      readonly code?: string | undefined;
    }
  | { readonly type: 'done'; readonly method: 'chatgpt' | 'apiKey' };

type Completed = ServerNotification<'account/login/completed'>['params'];
/** A login for which a person has to act. */
type Page = Extract<ResultOf<typeof START>, { readonly loginId: string }>;

const START = 'account/login/start';
const DEVICE_CODE_SINCE = '0.125.0';

/** Logs in. Unsubscribing cancels a login for which a person has to act. */
export function login$(hub: ServerHub, request: ServerLoginRequest): Observable<ServerLoginEvent> {
  return defer(() => {
    checkOneOf('method', request.method, ['apiKey', 'browser', 'deviceCode']);
    if (request.method !== 'apiKey') return interactive$(hub, request.method);
    const { apiKey } = request;
    checkString('apiKey', apiKey);
    // The server stores any text.
    if (apiKey.trim() === '') throw new RequestError('apiKey', 'must not be empty.');
    return hub
      .request$(START, { type: 'apiKey', apiKey })
      .pipe(map(() => ({ type: 'done', method: 'apiKey' }) as const));
  });
}

function interactive$(hub: ServerHub, method: 'browser' | 'deviceCode'): Observable<ServerLoginEvent> {
  return new Observable((subscriber) => {
    const version = parseVersion(hub.info.version);
    if (method === 'deviceCode' && version !== undefined && isBefore(version, DEVICE_CODE_SINCE))
      throw new CapabilityError('login$ deviceCode', hub.info.version, { since: DEVICE_CODE_SINCE, canOmit: false });
    let loginId: string | undefined;
    let isOver = false;
    // The outcome may come before the answer.
    const early: Completed[] = [];
    const finish = (completed: Completed): void => {
      isOver = true;
      if (completed.success) {
        subscriber.next({ type: 'done', method: 'chatgpt' });
        subscriber.complete();
      } else
        subscriber.error(new RpcError('RPC_ERROR', `The login failed: ${completed.error ?? ''}`, { method: START }));
    };
    subscriber.add(
      hub.notifications$.subscribe({
        next: (notification) => {
          if (notification.method !== 'account/login/completed') return;
          const completed = readNotification(notification.method, notification.params);
          if (completed === undefined) return;
          if (loginId === undefined) early.push(completed);
          else if (completed.loginId === loginId) finish(completed);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.error(new RpcError('SERVER_EXITED', 'The app-server was closed.'));
        },
      }),
    );
    const cancel = (): void => {
      if (loginId === undefined || isOver) return;
      hub.request$('account/login/cancel', { loginId }).subscribe({ error: () => undefined });
    };
    subscriber.add(cancel);
    // Stays subscribed when the subscriber leaves: the answer has the id that must be cancelled.
    const type = method === 'browser' ? 'chatgpt' : 'chatgptDeviceCode';
    const started$ = hub.request$(START, { type }).pipe(
      map((answer): Page => {
        if (answer.type !== type) throw malformedAnswer(START);
        return answer;
      }),
    );
    started$.subscribe({
      next: (answer) => {
        loginId = answer.loginId;
        if (subscriber.closed) {
          cancel();
          return;
        }
        const page =
          answer.type === 'chatgpt' ? { url: answer.authUrl } : { url: answer.verificationUrl, code: answer.userCode };
        subscriber.next({ type: 'open', loginId, ...page });
        const completed = early.find((one) => one.loginId === answer.loginId);
        if (completed !== undefined) finish(completed);
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
    });
  });
}
