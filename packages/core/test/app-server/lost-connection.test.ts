import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ThreadEvent } from '@codex-rx/core';
import { type AppServer, openAppServer } from '@codex-rx/core/app-server';
import { isCodexError } from '@codex-rx/core/errors';
import { model, openScriptedModel } from '@codex-rx/testing';
import { lastValueFrom, type Observable, of, type RetryConfig, retry, throwError } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { describeWithWs, freePort, listen, openRelay, stop } from './listening-server.js';
import { Recorder } from './support.js';

const place = leavesNothing();
const SCRIPT = [
  [model.think('Why?'), model.say('First, the files.', { deltas: 2, delay: 30 }), model.run('echo one')],
  model.say('Done with it.', { deltas: 2, delay: 30 }),
];
const EXPECTED = ['user_message', 'reasoning', 'agent_message', 'command_execution', 'agent_message', 'turn.completed'];
const MAX_MESSAGES = 80;
/** A connection is cut after each message only by `npm run test:all`. */
const STEP = process.env.TEST_ALL === '1' ? 1 : 5;
const LIMIT_MS = 20_000;

const isLost = (error: unknown): boolean => isCodexError(error, 'CONNECTION_LOST');
/** A turn that the server never received is started again; a turn that has started continues. */
const again = {
  count: 3,
  delay: (error: unknown): Observable<number> => (isLost(error) ? of(0) : throwError(() => error)),
} satisfies RetryConfig;

async function connect(url: string): Promise<AppServer & AsyncDisposable> {
  const open = (): ReturnType<typeof openAppServer> =>
    openAppServer({ connect: { url }, reconnect: { delay: 20 }, approvals: () => of('accept') });
  return open().catch((error: unknown) => {
    if (isLost(error)) return open();
    throw error;
  });
}

/** Runs a turn over a connection that is cut after a number of messages. */
async function turn(
  url: string,
  cutAfter: number,
): Promise<{ readonly events: readonly ThreadEvent[]; readonly error: unknown; readonly relayed: number }> {
  const relay = await openRelay(url, cutAfter);
  try {
    await using server = await connect(relay.url);
    const workingDirectory = join(place.folder, 'work');
    const options = { workingDirectory, sandbox: 'danger-full-access', approvalPolicy: 'untrusted' };
    const thread = await lastValueFrom(server.thread.start$(options).pipe(retry(again)));
    const recorder = new Recorder(thread.turn$('Work.').pipe(retry(again)));
    await Promise.race([recorder.ended, delay(LIMIT_MS, undefined, { ref: false })]);
    return { events: recorder.values, error: recorder.error, relayed: relay.count() };
  } finally {
    relay.close();
  }
}

const outline = (events: readonly ThreadEvent[]): string[] =>
  events.flatMap((event) => {
    if (event.type === 'item.completed') return [event.item.type];
    return event.type === 'turn.completed' ? [event.type] : [];
  });

describeWithWs('a connection that is cut after each message', () => {
  it('reports a turn that it leaves behind when it does not connect again', async () => {
    await using scripted = await openScriptedModel([model.hang()]);
    const url = `ws://127.0.0.1:${await freePort()}`;
    const listening = await listen(scripted, place.mark, ['--listen', url]);
    const relay = await openRelay(url, Number.POSITIVE_INFINITY);
    const leftovers: unknown[] = [];
    const onLeftover = (message: unknown): void => {
      leftovers.push(message);
    };
    subscribe('codex-rx:leftover', onLeftover);
    try {
      await using server = await openAppServer({ connect: { url: relay.url }, reconnect: false });
      const thread = await lastValueFrom(server.thread.start$({ workingDirectory: place.folder }));
      const recorder = new Recorder(thread.turn$('Work.'));
      await recorder.until(({ type }) => type === 'turn.started');
      relay.close();
      await recorder.ended;
      expect(recorder.error).toMatchObject({ code: 'CONNECTION_LOST' });
      expect(leftovers).toEqual([{ type: 'leftover', runId: thread.id, pids: [] }]);
    } finally {
      unsubscribe('codex-rx:leftover', onLeftover);
      await stop(listening);
    }
  });

  it('loses no completed item, and doubles none', async () => {
    mkdirSync(join(place.folder, 'work'));
    await using scripted = await openScriptedModel(Array.from({ length: MAX_MESSAGES }, () => SCRIPT).flat());
    const url = `ws://127.0.0.1:${await freePort()}`;
    const listening = await listen(scripted, place.mark, ['--listen', url]);
    try {
      const { relayed: total, events: uncut } = await turn(url, Number.POSITIVE_INFINITY);
      expect(outline(uncut)).toEqual(EXPECTED);
      const problems: unknown[] = [];
      for (let count = 1; count < Math.min(total, MAX_MESSAGES); count += STEP) {
        const { events, error } = await turn(url, count);
        const started = events.flatMap((event) => (event.type === 'item.started' ? [event.item.id] : []));
        const isRight = outline(events).join() === EXPECTED.join() && new Set(started).size === started.length;
        if (!isRight || error !== undefined) problems.push({ count, error, outline: outline(events), started });
      }
      expect(problems).toEqual([]);
      expect(total).toBeGreaterThan(30);
    } finally {
      await stop(listening);
    }
  }, 300_000);
});
