import { type AppServer, type AppServerOptions, openAppServer } from '@codex-rx/core/app-server';
import { type FakeAppServer, type FakeAppServerScript, fakeAppServer } from '@codex-rx/testing';
import type { Observable, Subscription } from 'rxjs';

const open: AppServer[] = [];

/** Opens a scripted server in memory; it is closed after the test. */
export async function openFake(
  script: FakeAppServerScript = {},
  options: AppServerOptions = {},
): Promise<{ server: AppServer; fake: FakeAppServer }> {
  const fake = fakeAppServer(script);
  const server = await openAppServer({ terminateGrace: 500, ...options, connect: { transport: fake.transport() } });
  open.push(server);
  return { server, fake };
}

export async function closeFakes(): Promise<void> {
  await Promise.all(open.splice(0).map((server) => server.close()));
}

/** Everything that a source emits, and its end. */
export class Recorder<T> {
  readonly values: T[] = [];
  error: unknown;
  readonly subscription: Subscription;
  readonly ended: Promise<void>;
  #changed: () => void = () => undefined;

  constructor(source$: Observable<T>) {
    let end: () => void = () => undefined;
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    this.subscription = source$.subscribe({
      next: (value) => {
        this.values.push(value);
        this.#changed();
      },
      error: (error: unknown) => {
        this.error = error;
        end();
      },
      complete: end,
    });
  }

  /** Resolves when a value matches. */
  async until(predicate: (value: T) => boolean): Promise<void> {
    while (!this.values.some(predicate))
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
  }
}

export const ticks = (count = 5): Promise<void> =>
  Array.from({ length: count }).reduce<Promise<void>>(
    (before) =>
      before.then(
        () =>
          new Promise((resolve) => {
            setImmediate(resolve);
          }),
      ),
    Promise.resolve(),
  );
