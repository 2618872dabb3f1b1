import { type AppServer, type AppServerOptions, openAppServer } from '../../app-server/index.js';
import { RequestError } from '../../errors/index.js';

/** App-servers by name: at most one for each name. */
export class AppRuntimePool implements AsyncDisposable {
  readonly #optionsOf: (name: string) => AppServerOptions;
  readonly #running = new Map<string, Promise<AppServer & AsyncDisposable>>();

  constructor(optionsOf: (name: string) => AppServerOptions) {
    this.#optionsOf = optionsOf;
  }

  /** Returns the names of the servers that run, or are being started, sorted. */
  running(): readonly string[] {
    return [...this.#running.keys()].sort();
  }

  /** Returns the server of a name; starts a server if none runs, or if the last server was lost. */
  async start(name: string): Promise<AppServer> {
    const running = this.#running.get(name);
    if (running !== undefined) return await running;
    const started = openAppServer(this.#optionsOf(name));
    this.#running.set(name, started);
    const forget = (): void => {
      if (this.#running.get(name) === started) this.#running.delete(name);
    };
    try {
      const server = await started;
      server.connection$.subscribe({ complete: forget, error: forget });
      return server;
    } catch (error) {
      forget();
      throw error;
    }
  }

  /** Stops the server of a name. @throws RequestError if none runs */
  async stop(name: string): Promise<void> {
    const running = this.#running.get(name);
    if (running === undefined) throw new RequestError('name', `must be that of a running server: ${name} is not.`);
    this.#running.delete(name);
    await (await running).close();
  }

  /** Stops all servers. Rejects with the first error after all have been stopped. */
  async stopAll(): Promise<void> {
    const stopped = await Promise.allSettled(this.running().map((name) => this.stop(name)));
    const failed = stopped.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Stops all servers. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stopAll();
  }
}
