import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fakeCodex } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import type { SignalHostSpec } from '../programs/signal-host.js';
import { bundle, coreSource, program, removeBundles } from './support/bundle.js';
import { leavesNothing } from './support/leaves-nothing.js';
import { started } from './support/lines.js';

const place = leavesNothing();
let hostProgram = '';
let otherCopy = '';
beforeAll(() => {
  hostProgram = bundle(program('signal-host.ts'));
  otherCopy = bundle(coreSource);
});
afterAll(removeBundles);

/** Starts a host, sends it the signal when its runs have started, and returns what it wrote and how it ended. */
async function end(spec: Omit<SignalHostSpec, 'request'>) {
  const fake = fakeCodex([{ spawn: { kind: 'daemon', seconds: 300 } }, { line: started }, { hang: true }]);
  const request = { prompt: 'hello', ...fake.options, env: place.mark };
  const host = spawn(process.execPath, [hostProgram, JSON.stringify({ request, ...spec })], {
    env: { ...process.env, TMPDIR: place.tmp },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  host.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(host, 'exit');
  await waitUntil(() => output.includes('ready'), 30_000);
  host.kill(spec.signal);
  const [code, signal] = (await exited) as [number | null, string | null];
  await waitUntil(() => place.living().length === 0);
  return { code, signal, hasCleaned: output.includes('cleaned') };
}

const before = [
  'on',
  'once',
  'prependListener',
  'removeAllListeners',
  'removeEverything',
  'abort',
  'takeUntil',
  'events.once',
] as const;
const after = ['on', 'once', 'prependOnceListener', 'removeAllListeners', 'removeEverything', 'events.once'] as const;
const cleaned = { code: 7, signal: null, hasCleaned: true };

const signals = process.env.TEST_ALL === '1' ? (['SIGINT', 'SIGTERM', 'SIGHUP'] as const) : (['SIGINT'] as const);

describe.each(signals)('on %s', (signal) => {
  it.each(before)('a host that listened with %s before it subscribed runs its clean-up', async (way) => {
    expect(await end({ signal, way, isBefore: true })).toEqual(cleaned);
  });

  it.each(after)('a host that listens with %s after it subscribed runs its clean-up', async (way) => {
    expect(await end({ signal, way, isBefore: false })).toEqual(cleaned);
  });

  it.each(['once', 'takeUntil'] as const)(
    'a host with two copies of the package that listens with %s runs its clean-up',
    async (way) => {
      expect(await end({ signal, way, isBefore: true, otherCopy })).toEqual(cleaned);
    },
  );
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGALRM'] as const)(
  '%s kills a host without listeners, and its runs',
  async (signal) => {
    expect(await end({ signal, way: 'none', isBefore: true })).toEqual({ code: null, signal, hasCleaned: false });
  },
);

it('SIGINT kills a host with two copies of the package and without listeners, and the runs of both', async () => {
  expect(await end({ signal: 'SIGINT', way: 'none', isBefore: true, otherCopy })).toEqual({
    code: null,
    signal: 'SIGINT',
    hasCleaned: false,
  });
});
