import { Subject } from 'rxjs';
import type { AppServerTransport } from '../../../src/app-server/transport/transport.js';
import type { RawLine } from '../../../src/events/raw-line.js';

/** Messages of the client, parsed, and a way to answer. */
export class MemoryTransport implements AppServerTransport {
  readonly messages$ = new Subject<RawLine>();
  readonly sent: Record<string, unknown>[] = [];
  isClosed = false;

  send(message: string): void {
    this.sent.push(JSON.parse(message) as Record<string, unknown>);
  }

  receive(message: unknown): void {
    this.messages$.next(typeof message === 'string' ? message : JSON.stringify(message));
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.messages$.complete();
    return Promise.resolve();
  }
}
