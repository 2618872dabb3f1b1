// An application that runs codex-rx, for tests of its runs when it exits. Its argument is a `HostSpec` as JSON. It
// writes its progress to standard output, one word a line, and reads commands from standard input.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import * as codexRx from '@codex-rx/core';

export interface HostSpec {
  readonly request: codexRx.AnyRunRequest;
  readonly runs?: number;
  /** Throw in the subscriber at an event of this type. */
  readonly throwAt?: string;
  /** A listener of the application for this signal: exits after 200 ms, or leaves it at that. */
  readonly listener?: { readonly signal: NodeJS.Signals; readonly exits: boolean };
  /** Path of a module with the `signal-exit` interface, to be used as a library would. */
  readonly signalExit?: string;
  /** Path of another copy of codex-rx, which has a run of its own. */
  readonly otherCopy?: string;
  /** Unsubscribe from the runs when they have started. */
  readonly leave?: boolean;
  /** The runs are those of a client with this engine. */
  readonly engine?: { readonly transport: 'app-server' };
}

const spec = JSON.parse(process.argv[2] ?? '{}') as HostSpec;
const load = createRequire(__filename);
const say = (word: string): void => {
  process.stdout.write(`${word}\n`);
};

if (spec.listener !== undefined) {
  const { signal, exits } = spec.listener;
  process.on(signal, () => {
    say('heard');
    if (exits) setTimeout(() => process.exit(7), 200);
  });
}
if (spec.signalExit !== undefined) {
  const module = load(spec.signalExit) as { onExit?: (callback: () => void) => void } & ((
    callback: () => void,
  ) => void);
  (module.onExit ?? module)(() => {
    say('cleaned');
  });
}

const copies = [codexRx, ...(spec.otherCopy === undefined ? [] : [load(spec.otherCopy) as typeof codexRx])];
const observe$ = (copy: typeof codexRx) =>
  spec.engine === undefined ? copy.run$(spec.request) : copy.createCodex({}, spec.engine).run$(spec.request);
const subscriptions = copies.flatMap((copy) =>
  Array.from({ length: spec.runs ?? 1 }, () =>
    observe$(copy).subscribe({
      next: (signal) => {
        if (signal.type === 'started') say(`pid ${signal.pid}`);
        if (signal.type !== 'event') return;
        say(signal.event.type);
        if (signal.event.type === spec.throwAt) throw new Error('the subscriber failed');
      },
      error: (error: unknown) => {
        say(`error ${String(error)}`);
      },
      complete: () => {
        say('complete');
      },
    }),
  ),
);

const actions: Record<string, () => void> = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('the host failed');
  },
  reject: () => {
    void Promise.reject(new Error('the host failed'));
  },
  unsubscribe: () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  },
  listeners: () => {
    const events = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'];
    say(`listeners ${events.map((event) => process.listenerCount(event)).join(' ')}`);
  },
};
const input = createInterface({ input: process.stdin });
input.on('line', (word) => actions[word]?.());
process.on('warning', ({ name, message }) => {
  say(`warning ${name} ${message}`);
});
