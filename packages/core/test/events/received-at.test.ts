import { Readable } from 'node:stream';
import { createDecoder, decodeEvents, readEvents$, type ThreadEvent } from '@codex-rx/core';
import { rolloutToEvents } from '@codex-rx/core/rollouts';
import { firstValueFrom, from, lastValueFrom, of, toArray } from 'rxjs';
import type { RolloutRecord } from '../../src/rollouts/records.js';

const line = '{"type":"turn.started"}';
const timesOf = (events: readonly ThreadEvent[]) => events.map(({ receivedAt }) => receivedAt);

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('receivedAt', () => {
  it('is the time of decoding, in ms since 1970', async () => {
    const event = await firstValueFrom(of(line).pipe(decodeEvents({ receivedAt: true })));
    expect(event).toMatchObject({ type: 'turn.started', receivedAt: 1_000 });
  });

  it('is absent without the option, and where there is no event', () => {
    const decoder = createDecoder({ receivedAt: true });
    expect(decoder.decode('')).toMatchObject({ _tag: 'Right', right: { _tag: 'None' } });
    expect(createDecoder().decode(line)).not.toHaveProperty('right.value.receivedAt');
  });

  it('is the time of reading for a saved log', async () => {
    const events$ = readEvents$(Readable.from([`${line}\n`]), { receivedAt: true });
    expect(timesOf(await lastValueFrom(events$.pipe(toArray())))).toEqual([1_000]);
  });

  it('is the time of the record for a session file', async () => {
    const records = [
      { type: 'session_meta', timestamp: '1970-01-01T00:00:02.000Z', payload: { id: 't1', cli_version: '0.171.0' } },
      { type: 'event_msg', timestamp: '1970-01-01T00:00:03.000Z', payload: { type: 'task_started', turn_id: 'u1' } },
    ] as unknown as RolloutRecord[];
    const events = await lastValueFrom(from(records).pipe(rolloutToEvents({ receivedAt: true }), toArray()));
    expect(timesOf(events)).toEqual([2_000, 3_000]);
    const plain = await lastValueFrom(from(records).pipe(rolloutToEvents(), toArray()));
    expect(timesOf(plain)).toEqual([undefined, undefined]);
  });
});
