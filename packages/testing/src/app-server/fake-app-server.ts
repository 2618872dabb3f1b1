import type { AppServerTransport } from '@codex-rx/core/app-server';
import { Subject } from 'rxjs';
import { FakeServerEngine } from './engine.js';
import type { FakeAppServerScript } from './script.js';

/** A running fake app-server. */
export interface FakeAppServer {
  /** Pass it as `connect: { transport }`. Each call connects again to the same server, with its threads. */
  transport(): AppServerTransport;
  /** Messages of the client, in their order. */
  readonly received: readonly Readonly<Record<string, unknown>>[];
  /** The requests and notifications of the client, by method. */
  sent(method: string): readonly Readonly<Record<string, unknown>>[];
  /** Sends a notification now, outside of the turns of the script. */
  notify(method: string, params: Readonly<Record<string, unknown>>): void;
  /** Exits now. */
  exit(): void;
}

/**
 * Creates an app-server in memory that plays a script.
 *
 * It starts threads and turns, interrupts and steers them, lists and resumes threads. Faults are steps of a turn
 * (`exit`, `raw`), answers (`never`, `late`, `twice`, `unknownId`, `overloaded`) and `exitAfter`.
 *
 * @example
 * ```ts
 * import { openAppServer } from '@codex-rx/core/app-server';
 * import { fakeAppServer, serverTurn } from '@codex-rx/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * const fake = fakeAppServer({ turns: [serverTurn.say('Hello.')] });
 * await using server = await openAppServer({ connect: { transport: fake.transport() } });
 * const thread = await lastValueFrom(server.thread.start$());
 * console.log((await lastValueFrom(thread.runTurn$('Say hello.'))).text); // Hello.
 * ```
 */
export function fakeAppServer(script: FakeAppServerScript = {}): FakeAppServer {
  const engine = new FakeServerEngine(script);
  return {
    transport: () => createTransport(engine),
    received: engine.received,
    sent: (method) => engine.received.filter((message) => message.method === method),
    notify: (method, params) => {
      engine.notify(method, params);
    },
    exit: () => {
      engine.disconnect();
    },
  };
}

function createTransport(engine: FakeServerEngine): AppServerTransport {
  const messages$ = new Subject<string>();
  engine.connect({
    send: (text) => {
      for (const line of text.split('\n')) messages$.next(line);
    },
    exit: () => {
      messages$.complete();
    },
  });
  return {
    messages$,
    send: (message) => {
      // Not synchronous, as over any other connection.
      queueMicrotask(() => {
        if (!messages$.closed) engine.receive(message);
      });
    },
    close: () => {
      messages$.complete();
      return Promise.resolve();
    },
  };
}
