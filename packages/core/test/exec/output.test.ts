import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { exec$, lines$, type RawLine, type RunNotification, run$ } from '@codex-rx/core';
import { teeLines } from '@codex-rx/operators/node';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import {
  BehaviorSubject,
  concatMap,
  delay,
  finalize,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  retry,
  take,
  takeWhile,
  throwError,
} from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, said, started } from './support/lines.js';
import { observe, types } from './support/observe.js';

const place = leavesNothing();
const text = (...lines: object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('run$', () => {
  it('tells everything about a run, in order', async () => {
    const workingDirectory = place.folder;
    const observed = await observe(
      run$({
        ...request([{ stderr: 'grüße' }, { lines: [started, said('Hi.'), completed] }, { exit: 0 }]),
        workingDirectory,
      }),
    );
    expect(observed.error).toBeUndefined();
    const order = types(observed).filter((type) => type !== 'stderr');
    expect(order).toEqual(['started', 'event', 'event', 'event', 'exited']);
    const [first] = observed.values;
    expect(first).toMatchObject({ type: 'started', pid: expect.any(Number) as number, cwd: workingDirectory });
    expect(observed.values).toContainEqual({ type: 'stderr', text: 'grüße' });
    expect(observed.values.at(-1)).toEqual({ type: 'exited', code: 0, signal: null, lastMessage: 'Hi.' });
  });

  it('says exited also when the run fails, before the error', async () => {
    const observed = await observe(run$(request([{ lines: [started, failed('no')] }, { exit: 1 }])));
    expect(observed.error).toMatchObject({ code: 'TURN_FAILED' });
    expect(observed.values.at(-1)).toMatchObject({ type: 'exited', code: 1 });
  });

  it('has written a schema to a private file by then, and removed it when it says exited', async () => {
    const schema = { type: 'object', properties: { answer: { type: 'number' } } };
    let written: unknown;
    let mode: number | undefined;
    let folderMode: number | undefined;
    let existedAtExit: boolean | undefined;
    const observed = await observe(
      run$({ ...request([{ lines: [started, completed] }]), outputSchema: schema }),
      (signal) => {
        if (signal.type === 'started') {
          const path = signal.argv[signal.argv.indexOf('--output-schema') + 1] ?? '';
          written = JSON.parse(readFileSync(path, 'utf8'));
          mode = statSync(path).mode & 0o777;
          folderMode = statSync(dirname(path)).mode & 0o777;
        }
        if (signal.type === 'exited') existedAtExit = existsSync(signal.schemaPath ?? '');
      },
    );
    expect(observed.error).toBeUndefined();
    expect(written).toEqual(schema);
    expect(mode).toBe(0o600);
    expect(folderMode).toBe(0o700);
    expect(existedAtExit).toBe(false);
  });

  it('runs in a fresh folder of its own unless one is given', async () => {
    const fake = fakeCodex([{ lines: [started, completed] }]);
    await observe(exec$({ prompt: 'hello', ...fake.options }));
    await observe(exec$({ prompt: 'hello', ...fake.options }));
    const folders = fake.invocations().map(({ cwd }) => cwd);
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders) {
      expect(folder.startsWith(place.runs)).toBe(true);
      expect(existsSync(folder)).toBe(false);
    }
  });

  it('takes the final message from the file that the CLI wrote, and copies it', async () => {
    const outputLastMessage = join(place.folder, 'deep', 'last.txt');
    const steps: FakeStep[] = [
      { lines: [started, said('in the stream')] },
      // The CLI runs in a subfolder of the folder with its file.
      { writeFile: { path: '../last-message.txt', content: 'in the file' } },
      { line: completed },
    ];
    const observed = await observe(run$({ ...request(steps), outputLastMessage }));
    expect(observed.values.at(-1)).toMatchObject({ lastMessage: 'in the file', lastMessagePath: outputLastMessage });
    expect(readFileSync(outputLastMessage, 'utf8')).toBe('in the file');
    const empty = await observe(
      run$({
        ...request([{ lines: [started, said('in the stream'), completed] }]),
        outputLastMessage: `${outputLastMessage}2`,
      }),
    );
    expect(empty.values.at(-1)).toMatchObject({ lastMessage: 'in the stream' });
  });

  it('says nothing more to a consumer that leaves at exited', async () => {
    const signals: RunNotification[] = [];
    await observe(
      run$(request([{ line: started }, { exit: 1 }])).pipe(takeWhile(({ type }) => type !== 'exited', true)),
      (signal) => signals.push(signal),
    );
    expect(signals.at(-1)).toMatchObject({ type: 'exited', code: 1 });
  });
});

describe('the prompt', () => {
  it('goes to standard input, which is closed, and never into the arguments', async () => {
    const fake = fakeCodex([{ lines: [started, completed] }]);
    const prompt = '--help\n"$(id)" 🙂 \u2028 ende';
    await observe(exec$({ prompt, ...fake.options }));
    const [seen] = fake.invocations();
    expect(seen).toMatchObject({ stdin: prompt, stdinEnded: true });
    expect(seen?.argv.join(' ')).not.toContain('ende');
    expect(seen?.argv.at(-1)).toBe('-');
  });
});

describe('lines$', () => {
  it('emits the lines as they are, blank ones as empty text', async () => {
    const observed = await observe(lines$(request([{ raw: `\r\nno JSON\n\n${JSON.stringify(completed)}` }])));
    expect(observed).toMatchObject({ error: undefined, values: ['', 'no JSON', '', JSON.stringify(completed)] });
  });

  it('emits a line that strict decoding refuses, before the error', async () => {
    const observed = await observe(lines$({ ...request([{ line: 'no JSON' }, { hang: true }]), strict: true }));
    expect(observed).toMatchObject({ values: ['no JSON'], error: { code: 'DECODE_FAILED' } });
  });
});

describe('lines: an operator before decoding', () => {
  it('sees every line, and what it emits is decoded', async () => {
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

  it('may take its time: the run waits for what is still under way, longer than the process lives', async () => {
    const operator$ = (lines$: Observable<RawLine>) => lines$.pipe(concatMap((line) => of(line).pipe(delay(120))));
    const steps: FakeStep[] = [{ lines: [started, said('1'), said('2'), said('3'), said('4'), completed] }];
    const observed = await observe(exec$({ ...request(steps), lines: operator$, linger: 300 }));
    expect(observed.error).toBeUndefined();
    expect(observed.values).toHaveLength(6);
  });

  it('may never complete: after the turn the run is not held for longer than linger', async () => {
    const operator$ = (lines$: Observable<RawLine>) => merge(lines$, NEVER);
    const observed = await observe(
      exec$({ ...request([{ lines: [started, completed] }]), lines: operator$, linger: 200 }),
    );
    expect(observed.error).toBeUndefined();
  });

  it('may never complete: before the end of the turn the time limit holds', async () => {
    const operator$ = (lines$: Observable<RawLine>) => merge(lines$, NEVER);
    const observed = await observe(
      exec$({ ...request([{ line: started }, { exit: 1 }]), lines: operator$, timeout: 900 }),
    );
    expect(observed.error).toMatchObject({ code: 'RUN_TIMEOUT' });
  });

  it('may subscribe to its source twice, or anew after an error', async () => {
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

  it('lets the process end in its own way when it completes at the end of the turn', async () => {
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

describe('consumers that throw while they are closed', () => {
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

describe('eventLog', () => {
  const odd = Buffer.from([0x7b, 0xff, 0x00, 0x0d, 0x0a, 0xe2, 0x82, 0x0a, 0x0a]);

  it('is byte for byte what the CLI wrote, appended', async () => {
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

  it('holds lines that are too long as a whole', async () => {
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

describe('paused$', () => {
  it('blocks the process itself, and loses nothing', async () => {
    const paused$ = new BehaviorSubject(true);
    const progress = join(place.folder, 'written');
    const fake = fakeCodex([
      { line: started },
      { flood: 'stdout', bytes: 4_000_000 },
      { writeFile: { path: progress, content: 'through' } },
      { line: completed },
    ]);
    const running = observe(exec$({ prompt: 'hello', ...fake.options, paused$ }));
    await waitUntil(() => fake.invocations().length === 1 && fake.invocations()[0]?.stdinEnded);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(existsSync(progress)).toBe(false);
    paused$.next(false);
    const observed = await running;
    expect(observed.error).toBeUndefined();
    expect(existsSync(progress)).toBe(true);
    expect(types(observed).at(-1)).toBe('turn.completed');
  });

  it('delivers nothing while it says true, and all of it afterwards, also when the process is gone by then', async () => {
    const paused$ = new BehaviorSubject(true);
    const fake = fakeCodex([{ lines: [started, said('one'), completed] }]);
    let seen = 0;
    const running = observe(exec$({ prompt: 'hello', ...fake.options, paused$ }), () => (seen += 1));
    await waitUntil(() => fake.pids().length === 1 && livingPids(fake.pids()).length === 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(seen).toBe(0);
    paused$.next(false);
    expect(await running).toMatchObject({ error: undefined });
    expect(seen).toBe(3);
  });

  it('lets go when it completes', async () => {
    const fake = fakeCodex([{ lines: [started, completed] }]);
    expect((await observe(exec$({ prompt: 'hello', ...fake.options, paused$: of(true) }))).error).toBeUndefined();
  });

  it('does not keep a run that is left', async () => {
    const fake = fakeCodex([{ line: started }, { flood: 'stdout', bytes: 1_000_000 }, { hang: true }]);
    const paused$ = new BehaviorSubject(true);
    const subscription = exec$({ prompt: 'hello', ...fake.options, paused$ }).subscribe();
    await waitUntil(() => fake.invocations().length === 1);
    subscription.unsubscribe();
    expect(paused$.observed).toBe(false);
  });

  it('is let go when its own emission ends the run', async () => {
    const fake = fakeCodex([{ line: started }, { hang: true }]);
    const paused$ = new BehaviorSubject(false);
    const controller = new AbortController();
    const ending$ = paused$.pipe(
      map((isPaused) => {
        controller.abort('by the pause');
        return isPaused;
      }),
    );
    const { error } = await observe(
      exec$({ prompt: 'hello', ...fake.options, paused$: ending$, signal: controller.signal }),
    );
    expect(error).toMatchObject({ code: 'ABORT_ERR', reason: 'by the pause' });
    expect(paused$.observed).toBe(false);
  });
});

it('mirrors nothing unless it is asked to', async () => {
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const steps: FakeStep[] = [{ stderr: 'noise' }, { lines: [started, completed] }];
  try {
    await observe(exec$(request(steps)));
    expect([...out.mock.calls, ...err.mock.calls]).toEqual([]);
    await observe(exec$({ ...request(steps), mirrorStdout: true, mirrorStderr: true }));
    expect(out.mock.calls.map(([chunk]) => String(chunk)).join('')).toBe(text(started, completed));
    expect(err.mock.calls.map(([chunk]) => String(chunk)).join('')).toBe('noise');
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
});

it('keeps files of its caller', async () => {
  const path = join(place.folder, 'schema.json');
  writeFileSync(path, '{"type":"object"}');
  await observe(
    exec$({ ...request([{ lines: [started, completed] }]), workingDirectory: place.folder, outputSchema: path }),
  );
  expect(readdirSync(place.folder)).toContain('schema.json');
});
