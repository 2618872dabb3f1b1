import type { Observable } from 'rxjs';
import type { RawLine } from '../../events/raw-line.js';

/**
 * A connection to an app-server. Carries JSON texts; knows nothing about their content.
 *
 * An own transport, for example over SSH or for a test, is passed as `connect: { transport }`.
 */
export interface AppServerTransport {
  /**
   * Emits each message of the server, from the subscription on; subscribed once, before the first `send`. Completes
   * when the connection has ended, or errors with the reason.
   */
  readonly messages$: Observable<RawLine>;
  /** Sends a message, which contains no line break. A message after the end is dropped. */
  send(message: string): void;
  /** Ends the connection, and a server that belongs to it. Resolves when it is gone. May be called again. */
  close(): Promise<void>;
  /** Process id of a server that belongs to this host. */
  readonly pid?: number | undefined;
  /** The largest message that the server accepts, in bytes. Default: no limit. */
  readonly maxMessageBytes?: number | undefined;
  /** The connection keeps the host process alive, as it does after it was opened. */
  readonly ref?: (() => void) | undefined;
  /** The connection does not keep the host process alive. */
  readonly unref?: (() => void) | undefined;
  /** Returns the standard error of a server that belongs to this host: bounded, secrets redacted. */
  readonly stderr?: (() => string) | undefined;
  /** Replaces the secrets in a text of the server. */
  readonly redact?: ((text: string) => string) | undefined;
}
