import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { exec$, type RawLine } from '@codex-rx/core';
import { teeLines } from '@codex-rx/operators/node';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { concatMap, delay, finalize, map, merge, NEVER, type Observable, of, retry, take, throwError } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { completed, said, started } from '../exec/support/lines.js';
import { observe, types } from '../exec/support/observe.js';

const place = leavesNothing();
const text = (...lines: object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('lines: an operator before decoding', () => {
  it('receives every line, and its values are decoded', async () => {
    const seen: RawLine[] = [];
    const operator$ = (lines$: Observable<RawLine>) =>
      lines$.pipe(
        map((line) => {
          seen.push(line);
          return typeof line === 'string' ? line.replace('one', 'uno') : line;
        }),
      );
    const steps: FakeStep[] = [{ lines: [started, said('one'), completed] }];
    const observed = await observe(exec$({ ...request(steps), lines: operator$ }));
    expect(observed.error).toBeUndefined();
    expect(seen).toHaveLength(3);
    expect(observed.values[1]).toMatchObject({ item: { text: 'uno' } });
  });

  it('has teeLines write each line before its event is emitted', async () => {
    const path = join(place.folder, 'run.jsonl');
    const steps: FakeStep[] = [{ lines: [started, said('one'), completed] }];
    const sizes: number[] = [];
    const observed = await observe(exec$({ ...request(steps), lines: teeLines(path) }), () => {
      sizes.push(readFileSync(path, 'utf8').split('\n').length - 1);
    });
    expect(observed.error).toBeUndefined();
    expect(sizes).toEqual([1, 2, 3]);
    expect(readFileSync(path, 'utf8')).toBe(text(started, said('one'), completed));
  });

  it('has teeLines block the process while a Writable is full, and loses nothing', async () => {
    const progress = join(place.folder, 'written');
    const written: Buffer[] = [];
    let goOn: (() => void) | undefined;
    let isOpen = false;
    const slow = new Writable({
      highWaterMark: 1024,
      write(chunk: Buffer, _encoding, done) {
        written.push(chunk);
        if (isOpen) done();
        else goOn = done;
      },
    });
    const steps: FakeStep[] = [
      { line: started },
      { flood: 'stdout', bytes: 4_000_000 },
      { writeFile: { path: progress, content: 'through' } },
      { line: completed },
    ];
    const running = observe(exec$({ ...request(steps), lines: teeLines(slow) }));
    await waitUntil(() => goOn !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(existsSync(progress)).toBe(false);
    isOpen = true;
    goOn?.();
    const observed = await running;
    expect(observed.error).toBeUndefined();
    const bytes = Buffer.concat(written).toString('utf8');
    expect(bytes.startsWith(text(started))).toBe(true);
    expect(bytes.endsWith(text(completed))).toBe(true);
    expect(bytes.length).toBe(text(started, completed).length + 4_000_000);
  });

  it('may delay lines: the run waits for pending lines after the exit of the process', async () => {
    const operator$ = (lines$: Observable<RawLine>) => lines$.pipe(concatMap((line) => of(line).pipe(delay(120))));
    const steps: FakeStep[] = [{ lines: [started, said('1'), said('2'), said('3'), said('4'), completed] }];
    const observed = await observe(exec$({ ...request(steps), lines: operator$, linger: 300 }));
    expect(observed.error).toBeUndefined();
    expect(observed.values).toHaveLength(6);
  });

  it('may never complete: after the turn the run ends after the linger time', async () => {
    const operator$ = (lines$: Observable<RawLine>) => merge(lines$, NEVER);
    const observed = await observe(
      exec$({ ...request([{ lines: [started, completed] }]), lines: operator$, linger: 200 }),
    );
    expect(observed.error).toBeUndefined();
  });

  it('may never complete: before the end of the turn the time limit applies', async () => {
    const operator$ = (lines$: Observable<RawLine>) => merge(lines$, NEVER);
    const observed = await observe(
      exec$({ ...request([{ line: started }, { exit: 1 }]), lines: operator$, timeout: 900 }),
    );
    expect(observed.error).toMatchObject({ code: 'RUN_TIMEOUT' });
  });

  it('may subscribe to its source twice, or again after an error', async () => {
    let failures = 0;
    const twice$ = (lines$: Observable<RawLine>) => merge(lines$, lines$.pipe(take(1)));
    const anew$ = (lines$: Observable<RawLine>) =>
      lines$.pipe(
        concatMap((line) => (failures++ === 0 ? throwError(() => new Error('once')) : of(line))),
        retry(1),
      );
    const steps: FakeStep[] = [{ lines: [started, completed] }];
    expect(types(await observe(exec$({ ...request(steps), lines: twice$ })))).toEqual([
      'thread.started',
      'thread.started',
      'turn.completed',
    ]);
    const observed = await observe(exec$({ ...request(steps), lines: anew$ }));
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['turn.completed']);
  });

  it('ends the run when it completes early', async () => {
    const fake = fakeCodex([{ line: started }, { line: said('one') }, { hang: true }]);
    const observed = await observe(exec$({ prompt: 'hello', ...fake.options, lines: take(1) }));
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started']);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('does not stop the process when it completes at the end of the turn', async () => {
    const fake = fakeCodex([{ ignore: ['SIGINT'] }, { lines: [started, completed] }, { wait: 300 }]);
    const observed = await observe(exec$({ prompt: 'hello', ...fake.options, lines: take(2) }));
    expect(observed.error).toBeUndefined();
    expect(fake.invocations()[0]?.signals).toEqual([]);
  });

  it('ends the run with its error', async () => {
    const reason = new Error('operator');
    const operator$ = (lines$: Observable<RawLine>) =>
      lines$.pipe(
        map(() => {
          throw reason;
        }),
      );
    const fake = fakeCodex([{ line: started }, { hang: true }]);
    expect((await observe(exec$({ prompt: 'hello', ...fake.options, lines: operator$ }))).error).toBe(reason);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it.each([
    ['an object', { status: 'pending' }],
    ['an object', { text: 'no number' }],
    ['null', null],
    ['undefined', undefined],
  ])('ends the run with a RequestError if it emits %s', async (what, value) => {
    const operator$ = (lines$: Observable<RawLine>) => lines$.pipe(map(() => value as unknown as RawLine));
    const fake = fakeCodex([{ line: started }, { hang: true }]);
    const { error } = await observe(exec$({ prompt: 'hello', ...fake.options, lines: operator$ }));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'lines' });
    expect(String(error)).toContain(`must emit lines, got ${what}`);
    expect(livingPids(fake.pids())).toEqual([]);
  });
});

describe('receivers that throw during teardown', () => {
  it('keep no process alive; the trouble is a warning', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    warned.mockClear();
    const broken = (): never => {
      throw new Error('teardown');
    };
    const fake = fakeCodex([{ line: started }, { hang: true }]);
    const observed = await observe(
      exec$({
        prompt: 'hello',
        ...fake.options,
        lines: (lines$) => lines$.pipe(finalize(broken)),
        paused$: NEVER.pipe(finalize(broken)),
        timeout: 600,
      }),
    );
    expect(observed.error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(livingPids(fake.pids())).toEqual([]);
    expect(warned.mock.calls.map(([message]) => String(message))).toEqual([
      expect.stringMatching(/unsubscribe from paused\$[^]*teardown/) as string,
      expect.stringMatching(/unsubscribe from the lines operator[^]*teardown/) as string,
    ]);
    warned.mockClear();
  });
});
