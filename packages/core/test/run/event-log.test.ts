import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exec$, type RawLine } from '@codex-rx/core';
import { teeLines } from '@codex-rx/operators/node';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { map, type Observable } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { completed, started } from '../exec/support/lines.js';
import { observe, types } from '../exec/support/observe.js';

const place = leavesNothing();
const text = (...lines: object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('eventLog', () => {
  const odd = Buffer.from([0x7b, 0xff, 0x00, 0x0d, 0x0a, 0xe2, 0x82, 0x0a, 0x0a]);

  it('contains the bytes of the CLI, appended', async () => {
    const eventLog = join(place.folder, 'logs', 'run.jsonl');
    const steps: FakeStep[] = [{ line: started }, { raw: odd }, { line: completed }, { raw: 'no newline' }];
    await observe(exec$({ ...request(steps), eventLog }));
    const once = Buffer.concat([
      Buffer.from(text(started)),
      odd,
      Buffer.from(text(completed)),
      Buffer.from('no newline'),
    ]);
    expect(readFileSync(eventLog)).toEqual(once);
    await observe(exec$({ ...request(steps), eventLog }));
    expect(readFileSync(eventLog)).toEqual(Buffer.concat([once, once]));
  });

  it('contains the whole of a line that is too long', async () => {
    const eventLog = join(place.folder, 'run.jsonl');
    const steps: FakeStep[] = [{ line: started }, { longLine: 300_000 }, { line: completed }];
    const observed = await observe(exec$({ ...request(steps), eventLog, maxLineBytes: 10_000 }));
    expect(types(observed)).toEqual(['thread.started', 'malformed', 'turn.completed']);
    expect(statSync(eventLog).size).toBe(Buffer.byteLength(text(started, completed)) + 300_001);
  });

  it('has each line before the operator on lines, and that before the event', async () => {
    const eventLog = join(place.folder, 'log.jsonl');
    const tee = join(place.folder, 'tee.jsonl');
    const order: [boolean, boolean][] = [];
    const operator$ = (lines$: Observable<RawLine>) =>
      lines$.pipe(
        map((line) => {
          order.push([readFileSync(eventLog, 'utf8').includes(line as string), existsSync(tee)]);
          return line;
        }),
        teeLines(tee),
      );
    let atEvent: string | undefined;
    await observe(exec$({ ...request([{ lines: [started, completed] }]), eventLog, lines: operator$ }), () => {
      atEvent ??= readFileSync(tee, 'utf8');
    });
    expect(order.every(([logged]) => logged)).toBe(true);
    expect(atEvent).toBe(text(started));
  });
});
