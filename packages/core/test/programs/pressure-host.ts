// An application that ends a run while it has no free descriptors or cannot read /proc. Its argument is a
// `PressureHostSpec`. It writes `ready`, then its errors and diagnostics, and `idle` with the number of records.
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import * as codexRx from '@codex-rx/core';

export interface PressureHostSpec {
  readonly request: codexRx.ExecRequest;
  readonly end: 'unsubscribe' | 'timeout' | 'exit' | 'SIGTERM';
  /** `EMFILE` takes all descriptors; other codes are those with which reading /proc fails. */
  readonly pressure: 'EMFILE' | 'EACCES' | 'ENOENT';
  /** The folder of the records of runs. */
  readonly records: string;
}

const { request, end, pressure, records } = JSON.parse(process.argv[2] ?? '{}') as PressureHostSpec;
const say = (word: string): void => {
  fs.writeSync(1, `${word}\n`);
};

/** Returns a function that ends the pressure. */
function press(): () => void {
  if (pressure === 'EMFILE') {
    const taken: number[] = [];
    try {
      for (;;) taken.push(fs.openSync('/dev/null', 'r'));
    } catch {
      return () => {
        for (const descriptor of taken) fs.closeSync(descriptor);
      };
    }
  }
  const original = { readdirSync: fs.readdirSync, readFileSync: fs.readFileSync };
  const failing =
    (read: (...args: never[]) => unknown) =>
    (path: unknown, ...rest: unknown[]): unknown => {
      if (String(path).startsWith('/proc')) throw Object.assign(new Error(pressure), { code: pressure });
      return read(...([path, ...rest] as never[]));
    };
  Object.assign(fs, { readdirSync: failing(fs.readdirSync), readFileSync: failing(fs.readFileSync) });
  return () => Object.assign(fs, original);
}

subscribe('codex-rx:leftover', () => {
  say('leftover');
});
process.on('warning', ({ message }) => {
  say(`warning ${message}`);
});
process.on('unhandledRejection', (error) => {
  say(`unhandled ${String(error)}`);
});
const ends: Record<PressureHostSpec['end'], () => void> = {
  unsubscribe: () => {
    subscription.unsubscribe();
  },
  timeout: () => undefined,
  exit: () => process.exit(3),
  SIGTERM: () => process.kill(process.pid, 'SIGTERM'),
};
const settled = async (release: () => void): Promise<void> => {
  await codexRx.whenIdle();
  release();
  say(`idle ${fs.readdirSync(records).length}`);
  process.exit(0);
};
const subscription = codexRx.exec$(request).subscribe({
  next: ({ type }) => {
    if (type !== 'thread.started') return;
    say('ready');
    const release = press();
    ends[end]();
    if (end === 'unsubscribe') void settled(release);
    else releaseLater = release;
  },
  error: (error: unknown) => {
    say(`error ${String(error)}`);
    void settled(releaseLater);
  },
});
let releaseLater: () => void = () => undefined;
