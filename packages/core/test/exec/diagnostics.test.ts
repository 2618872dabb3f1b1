import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { exec$, isCodexError, run$, whenIdle } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { firstValueFrom } from 'rxjs';
import type { DiagnosticMessage } from '../../src/process/diagnostics.js';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, notice, started } from './support/lines.js';
import { observe } from './support/observe.js';

leavesNothing();

const SECRET = 'sk-proj-0123456789abcdefghij';
const PLAIN = 'correct-horse-battery';
const secrets = {
  env: { MY_API_KEY: PLAIN },
  model: SECRET,
};
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 200 });

let messages: DiagnosticMessage[] = [];
const listen = (message: unknown): void => {
  messages.push(message as DiagnosticMessage);
};
const channels = ['spawn', 'signal', 'exit', 'leftover'].map((type) => `codex-rx:${type}`);
beforeEach(() => {
  messages = [];
  for (const channel of channels) subscribe(channel, listen);
});
afterEach(() => {
  for (const channel of channels) unsubscribe(channel, listen);
});

describe('diagnostics_channel', () => {
  it('tells the start and the exit of a run, under one id', async () => {
    const observed = await observe(run$(request([{ lines: [started, completed] }, { exit: 0 }])));
    const [first] = observed.values;
    expect(messages.map(({ type }) => type)).toEqual(['spawn', 'exit']);
    expect(messages[0]).toMatchObject(first?.type === 'started' ? { pid: first.pid, command: first.command } : {});
    const { runId } = messages[0] as { runId: string };
    expect(messages[1]).toMatchObject({ runId, code: 0, signal: null });
  });

  it('tells each signal of a termination, in order', async () => {
    await firstValueFrom(exec$(request([{ ignore: ['SIGINT', 'SIGTERM'] }, { line: started }, { hang: true }])));
    await whenIdle();
    expect(
      messages.map((message) => (message.type === 'signal' ? [message.signal, message.to] : message.type)),
    ).toEqual(['spawn', ['SIGINT', 'root'], ['SIGTERM', 'group'], ['SIGKILL', 'group'], 'exit']);
    expect(messages.at(-1)).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('shows no secret, in no message', async () => {
    await observe(exec$({ ...request([{ lines: [started, completed] }]), ...secrets }));
    expect(messages[0]).toMatchObject({ command: expect.stringContaining('***') as string });
    expect(JSON.stringify(messages)).not.toMatch(new RegExp(`${SECRET}|${PLAIN}`));
  });
});

describe('CODEX_RX_DEBUG', () => {
  it.each([
    ['1', true],
    ['0', false],
    ['', false],
  ])('%j writes to standard error: %s', async (value, isShown) => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    process.env.CODEX_RX_DEBUG = value;
    try {
      await observe(exec$({ ...request([{ lines: [started, completed] }]), ...secrets }));
      const text = write.mock.calls.map(([chunk]) => String(chunk)).join('');
      expect(text.includes('codex-rx {"type":"spawn"')).toBe(isShown);
      expect(text.includes('codex-rx {"type":"exit"')).toBe(isShown);
      expect(text).not.toMatch(new RegExp(`${SECRET}|${PLAIN}`));
    } finally {
      delete process.env.CODEX_RX_DEBUG;
      write.mockRestore();
    }
  });
});

describe('errors hold no secret', () => {
  it('in the command, in stderr, in the reason, and in the message of a failed turn', async () => {
    const leak = `the keys ${SECRET} and ${PLAIN} were refused`;
    const steps: FakeStep[] = [
      { stderr: `Error: ${leak}\n` },
      { lines: [started, notice(leak), failed(leak)] },
      { exit: 1 },
    ];
    const failedTurn = (await observe(exec$({ ...request(steps), ...secrets }))).error;
    const exit = (await observe(exec$({ ...request([{ stderr: `Error: ${leak}\n` }, { exit: 1 }]), ...secrets })))
      .error;
    const timeout = (
      await observe(
        exec$({ ...request([{ lines: [started, notice(leak)] }, { hang: true }]), ...secrets, timeout: 2_500 }),
      )
    ).error;
    expect([failedTurn, exit, timeout].map((error) => (isCodexError(error) ? error.code : error))).toEqual([
      'TURN_FAILED',
      'EXIT',
      'RUN_TIMEOUT',
    ]);
    for (const error of [failedTurn, exit, timeout] as Error[]) {
      const shown = `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`;
      expect(shown).toContain('*** were refused');
      expect(shown).not.toMatch(new RegExp(`${SECRET}|${PLAIN}`));
    }
  });
});
