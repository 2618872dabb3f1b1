import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { RawLine } from '@codex-rx/core/events';
import {
  concat,
  EMPTY,
  from,
  lastValueFrom,
  map,
  NEVER,
  of,
  range,
  Subject,
  take,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import { teeLines } from '../../src/node.js';
import { behavesAsAnOperator, matching } from '../support/operator-checklist.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tee-lines-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (name = 'run.jsonl') => join(folder, name);
const read = (name?: string) => readFileSync(pathOf(name), 'utf8');

describe('teeLines to a file', () => {
  behavesAsAnOperator<RawLine, RawLine>({ operator: () => teeLines(pathOf()), sample: ['a', 'b'] });

  it('has written a line before it passes it on', () => {
    const seen: string[] = [];
    from(['a', 'b'])
      .pipe(teeLines(pathOf()))
      .subscribe(() => seen.push(read()));
    expect(seen).toEqual(['a\n', 'a\nb\n']);
  });

  it('passes every line on as it was', async () => {
    const lines: RawLine[] = ['a', '', { text: 'cut', line_number: 3, problem: 'oversize' }, 'd'];
    expect(await lastValueFrom(from(lines).pipe(teeLines(pathOf()), toArray()))).toEqual(lines);
  });

  it('writes blank lines as such and lines with a problem as their text', () => {
    from<RawLine[]>(['a', '', { text: 'cüt', line_number: 3, problem: 'oversize' }])
      .pipe(teeLines(pathOf()))
      .subscribe();
    expect(read()).toBe('a\n\ncüt\n');
  });

  it('opens nothing before it is subscribed', () => {
    of('a').pipe(teeLines(pathOf()));
    expect(existsSync(pathOf())).toBe(false);
  });

  it('creates the file even if no line comes', () => {
    EMPTY.pipe(teeLines(pathOf())).subscribe();
    expect(read()).toBe('');
  });

  it('begins a line of its own behind one that was cut off', () => {
    writeFileSync(pathOf(), '{"type":"item.comp');
    of('a').pipe(teeLines(pathOf())).subscribe();
    of('b').pipe(teeLines(pathOf())).subscribe();
    expect(read()).toBe('{"type":"item.comp\na\nb\n');
  });

  it('adds nothing to a log that ends as it should when the source emits nothing', () => {
    writeFileSync(pathOf(), 'a\n');
    EMPTY.pipe(teeLines(pathOf())).subscribe();
    expect(read()).toBe('a\n');
  });

  it('appends to what is there, or empties it', () => {
    writeFileSync(pathOf(), 'old\n');
    of('new').pipe(teeLines(pathOf())).subscribe();
    expect(read()).toBe('old\nnew\n');
    of('only')
      .pipe(teeLines(pathOf(), { append: false }))
      .subscribe();
    expect(read()).toBe('only\n');
  });

  it('creates the folders of the path, unless told not to', async () => {
    of('a')
      .pipe(teeLines(pathOf('x/y/run.jsonl')))
      .subscribe();
    expect(read('x/y/run.jsonl')).toBe('a\n');
    await expect(lastValueFrom(of('a').pipe(teeLines(pathOf('z/run.jsonl'), { mkdir: false })))).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
      kind: 'tee',
      path: pathOf('z/run.jsonl'),
    });
  });

  it('errors with an OutputError that keeps the cause, before anything is passed on', async () => {
    const seen: unknown[] = [];
    const path = pathOf();
    mkdirSync(path);
    const error = await lastValueFrom(
      of('a').pipe(
        teeLines(path),
        tap((line) => seen.push(line)),
      ),
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'OUTPUT_FAILED', kind: 'tee', path, cause: { code: 'EISDIR' } });
    expect(seen).toEqual([]);
  });

  it.each([[5], [{}], [null], [{ text: 5 }]])(
    'errors with an OutputError for %p, which is no line, and writes nothing',
    async (line) => {
      const target = new PassThrough();
      for (const tee$ of [teeLines(pathOf()), teeLines(target)]) {
        await expect(lastValueFrom(of(line as unknown as RawLine).pipe(tee$))).rejects.toMatchObject({
          code: 'OUTPUT_FAILED',
          kind: 'tee',
          cause: expect.any(TypeError) as TypeError,
        });
      }
      expect(existsSync(pathOf()) ? read() : '').toBe('');
      expect(target.read()).toBeNull();
    },
  );

  it('passes the lines on in spite of failures with `onError: ignore`', async () => {
    mkdirSync(pathOf());
    const lines$ = of('a', 'b').pipe(teeLines(pathOf(), { onError: 'ignore' }), toArray());
    expect(await lastValueFrom(lines$)).toEqual(['a', 'b']);
  });

  it('passes the error of the source on, not one of closing', async () => {
    await expect(lastValueFrom(throwError(() => new Error('boom')).pipe(teeLines(pathOf())))).rejects.toThrow('boom');
  });

  it('moves the file away before a line that would make it too long', () => {
    const rotate = { maxBytes: 8, keep: 2 };
    from(['aaa', 'bbb', 'ccc', 'ddd', 'eee', 'a line longer than that', 'f'])
      .pipe(teeLines(pathOf(), { rotate }))
      .subscribe();
    expect(readdirSync(folder).sort()).toEqual(['run.jsonl', 'run.jsonl.1', 'run.jsonl.2']);
    expect(read()).toBe('f\n');
    expect(read('run.jsonl.1')).toBe('a line longer than that\n');
    expect(read('run.jsonl.2')).toBe('eee\n');
  });

  it('counts bytes, and what was in the file before', () => {
    writeFileSync(pathOf(), 'üüü\n');
    of('x')
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 8 } }))
      .subscribe();
    expect(read('run.jsonl.1')).toBe('üüü\n');
    expect(read()).toBe('x\n');
  });

  it('does not move an empty file away for a line that is too long for any', () => {
    of('a line that is too long')
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 5 } }))
      .subscribe();
    expect(readdirSync(folder)).toEqual(['run.jsonl']);
  });

  it('keeps no old file with `keep: 0`', () => {
    from(['aaaa', 'bbbb'])
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 5, keep: 0 } }))
      .subscribe();
    expect(readdirSync(folder)).toEqual(['run.jsonl']);
    expect(read()).toBe('bbbb\n');
  });

  it('finds the file again when another run has moved it away, and counts what that one wrote', () => {
    const rotate = { maxBytes: 8, keep: 1 };
    const a$ = new Subject<RawLine>();
    const b$ = new Subject<RawLine>();
    for (const lines$ of [a$, b$]) lines$.pipe(teeLines(pathOf(), { rotate })).subscribe();
    a$.next('a1');
    b$.next('b1');
    a$.next('a2');
    expect(read('run.jsonl.1')).toBe('a1\nb1\n');
    b$.next('b2');
    expect(read()).toBe('a2\nb2\n');
  });

  it('loses no line to another run with `keep: 0`', () => {
    const lines$ = new Subject<RawLine>();
    lines$.pipe(teeLines(pathOf(), { rotate: { maxBytes: 10, keep: 0 } })).subscribe();
    lines$.next('aaaa');
    of('bbbbb')
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 10, keep: 0 } }))
      .subscribe();
    lines$.next('c');
    expect(read()).toBe('bbbbb\nc\n');
  });

  it('leaves no hole in a file that another run empties', () => {
    const lines$ = new Subject<RawLine>();
    lines$.pipe(teeLines(pathOf(), { append: false })).subscribe();
    lines$.next('first');
    of('second')
      .pipe(teeLines(pathOf(), { append: false }))
      .subscribe();
    lines$.next('third');
    expect(read()).toBe('second\nthird\n');
  });

  it('moves only the old files that there are, however many may be kept', () => {
    from(['aaaa', 'bbbb', 'cccc'])
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 5, keep: Number.MAX_SAFE_INTEGER } }))
      .subscribe();
    expect(readdirSync(folder).sort()).toEqual(['run.jsonl', 'run.jsonl.1', 'run.jsonl.2']);
    expect(read('run.jsonl.2')).toBe('aaaa\n');
  });

  it('goes on after a crash between two moves, without overwriting what was moved', () => {
    writeFileSync(pathOf(), 'new\n');
    writeFileSync(pathOf('run.jsonl.2'), 'old\n');
    of('newer')
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 5, keep: 2 } }))
      .subscribe();
    expect([read(), read('run.jsonl.1'), read('run.jsonl.2')]).toEqual(['newer\n', 'new\n', 'old\n']);
  });

  it('errors when an old file cannot be moved, and keeps what there is', async () => {
    mkdirSync(pathOf('run.jsonl.1/x'), { recursive: true });
    const lines$ = from(['aaaa', 'bbbb']).pipe(teeLines(pathOf(), { rotate: { maxBytes: 5, keep: 1 } }));
    await expect(lastValueFrom(lines$)).rejects.toMatchObject({ code: 'OUTPUT_FAILED', path: pathOf() });
    expect(read()).toBe('aaaa\n');
  });

  it('stays with its file when the host changes its working directory', () => {
    const before = process.cwd();
    const lines$ = new Subject<RawLine>();
    process.chdir(folder);
    try {
      lines$.pipe(teeLines('run.jsonl', { rotate: { maxBytes: 5 } })).subscribe();
      lines$.next('aaaa');
      mkdirSync('elsewhere');
      process.chdir('elsewhere');
      lines$.next('bbbb');
    } finally {
      process.chdir(before);
    }
    expect([read(), read('run.jsonl.1')]).toEqual(['bbbb\n', 'aaaa\n']);
  });

  it.each([
    [{ maxBytes: 0 }, 'teeLines.rotate.maxBytes'],
    [{ maxBytes: Number.NaN }, 'teeLines.rotate.maxBytes'],
    [{ maxBytes: 5, keep: -1 }, 'teeLines.rotate.keep'],
    [{ maxBytes: 5, keep: 0.5 }, 'teeLines.rotate.keep'],
  ])('refuses the rotation %j', (rotate, field) => {
    expect(() => teeLines(pathOf(), { rotate })).toThrow(matching({ code: 'REQUEST_INVALID', field }));
  });

  it('makes a file that only the owner can read', () => {
    of('a').pipe(teeLines(pathOf())).subscribe();
    expect(statSync(pathOf()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });
});

describe('teeLines to a Writable', () => {
  it('lets more runs share one than Node takes for a leak, and leaves it as it was', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      const writable = new PassThrough().resume();
      const before = writable.eventNames().map((name) => writable.listenerCount(name));
      const limit = writable.getMaxListeners();
      const runs = Array.from({ length: 12 }, () => new Subject<RawLine>());
      const ended = Promise.all(runs.map((lines$) => lastValueFrom(lines$.pipe(teeLines(writable)))));
      for (const lines$ of runs) lines$.next('a');
      expect(warned).not.toHaveBeenCalled();
      for (const lines$ of runs) lines$.complete();
      await ended;
      await lastValueFrom(of('b').pipe(teeLines(writable)));
      expect(writable.getMaxListeners()).toBe(limit);
      expect(writable.eventNames().map((name) => writable.listenerCount(name))).toEqual(before);
    } finally {
      warned.mockRestore();
    }
  });

  /** A Writable that takes its time: chunks wait for `release()`. */
  function slowWritable(highWaterMark = 4) {
    const written: string[] = [];
    const waiting: ((error?: Error) => void)[] = [];
    const writable = new Writable({
      highWaterMark,
      write(chunk: Buffer, _encoding, done) {
        written.push(String(chunk));
        waiting.push(done);
      },
    });
    const release = async (error?: Error): Promise<void> => {
      waiting.shift()?.(error);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    };
    return { writable, written, release };
  }

  /** Lines that can be paused, as those of a run. */
  function pausableLines() {
    const lines$ = new Subject<RawLine>();
    const calls: string[] = [];
    Object.assign(lines$, {
      [Symbol.for('@codex-rx/backpressure')]: () => ({
        pause: () => calls.push('pause'),
        resume: () => calls.push('resume'),
      }),
    });
    return { lines$, calls };
  }

  it('writes each line before it passes it on, and leaves the Writable open', async () => {
    const target = new PassThrough({ encoding: 'utf8' });
    const lines: RawLine[] = ['a', '', { text: 'cut', line_number: 3, problem: 'invalid_utf8' }];
    expect(await lastValueFrom(from(lines).pipe(teeLines(target), toArray()))).toEqual(lines);
    expect(target.read()).toBe('a\n\ncut\n');
    expect(target.writableEnded).toBe(false);
  });

  it('holds lines back while the Writable is full, and then hands them over in order', async () => {
    const { writable, written, release } = slowWritable();
    const lines$ = new Subject<RawLine>();
    const seen: RawLine[] = [];
    lines$
      .pipe(teeLines(writable))
      .subscribe({ next: (line) => seen.push(line), complete: () => seen.push('complete') });
    for (const line of ['aaaa', 'bbbb', 'cccc']) lines$.next(line);
    lines$.complete();
    expect(seen).toEqual(['aaaa']);
    await release();
    expect(seen).toEqual(['aaaa', 'bbbb']);
    await release();
    expect(seen).toEqual(['aaaa', 'bbbb', 'cccc']);
    await release();
    expect(seen).toEqual(['aaaa', 'bbbb', 'cccc', 'complete']);
    expect(written).toEqual(['aaaa\n', 'bbbb\n', 'cccc\n']);
  });

  it('pauses a source that can be paused, and resumes it when the Writable has drained', async () => {
    const { writable, release } = slowWritable();
    const { lines$, calls } = pausableLines();
    lines$.pipe(teeLines(writable)).subscribe();
    lines$.next('aaaa');
    expect(calls).toEqual(['pause']);
    await release();
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('resumes the source when the consumer leaves', () => {
    const { writable } = slowWritable();
    const { lines$, calls } = pausableLines();
    const subscription = lines$.pipe(teeLines(writable)).subscribe();
    lines$.next('aaaa');
    subscription.unsubscribe();
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('passes an error of the source on after the lines that it held', async () => {
    const { writable, release } = slowWritable();
    const lines$ = new Subject<RawLine>();
    const seen: unknown[] = [];
    lines$
      .pipe(teeLines(writable))
      .subscribe({ next: (line) => seen.push(line), error: (error: unknown) => seen.push(error) });
    lines$.next('aaaa');
    lines$.next('bbbb');
    const boom = new Error('boom');
    lines$.error(boom);
    await release();
    await release();
    expect(seen).toEqual(['aaaa', 'bbbb', boom]);
  });

  it('errors with an OutputError when the Writable fails, also at the last line', async () => {
    const { writable, release } = slowWritable(100);
    const seen: unknown[] = [];
    of('a')
      .pipe(teeLines(writable))
      .subscribe({
        next: (line) => seen.push(line),
        complete: () => seen.push('complete'),
        error: (error: unknown) => seen.push(error),
      });
    await release(new Error('disk gone'));
    expect(seen).toEqual(['a', matching({ code: 'OUTPUT_FAILED', kind: 'tee', path: 'Writable' })]);
    expect(String(seen[1])).toContain('disk gone');
  });

  it('errors when the Writable was ended or is closed', async () => {
    const ended = new PassThrough();
    ended.end();
    await expect(lastValueFrom(of('a').pipe(teeLines(ended)))).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    const target = new PassThrough();
    const run = lastValueFrom(NEVER.pipe(teeLines(target)));
    target.destroy();
    await expect(run).rejects.toMatchObject({ code: 'OUTPUT_FAILED', path: 'Writable' });
  });

  describe.each<[string, (writable: Writable) => void]>([
    ['destroyed', (writable) => writable.destroy()],
    ['destroyed with an error', (writable) => writable.on('error', () => undefined).destroy(new Error('gone'))],
    ['ended', (writable) => writable.end()],
  ])('that was %s before', (_, end) => {
    it.each([0, 20])('errors at subscription, without subscribing to its source (%d ms later)', async (wait) => {
      const { writable } = slowWritable();
      end(writable);
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
      const events = ['drain', 'finish', 'close', 'error'];
      const before = events.map((name) => writable.listenerCount(name));
      const lines$ = new Subject<RawLine>();
      const seen: unknown[] = [];
      lines$.pipe(teeLines(writable)).subscribe({ error: (error: unknown) => seen.push(error) });
      expect(seen).toEqual([matching({ code: 'OUTPUT_FAILED', kind: 'tee', path: 'Writable' })]);
      expect(lines$.observed).toBe(false);
      expect(events.map((name) => writable.listenerCount(name))).toEqual(before);
    });

    it('does not hinder the lines with `onError: ignore`', async () => {
      const { writable } = slowWritable();
      end(writable);
      const lines$ = of('a', 'b').pipe(teeLines(writable, { onError: 'ignore' }), toArray());
      expect(await lastValueFrom(lines$)).toEqual(['a', 'b']);
    });
  });

  it('says why a Writable was destroyed before', () => {
    const writable = new PassThrough().on('error', () => undefined);
    const gone = new Error('disk gone');
    writable.destroy(gone);
    let error: unknown;
    NEVER.pipe(teeLines(writable)).subscribe({
      error: (reason: unknown) => {
        error = reason;
      },
    });
    expect(error).toMatchObject({ code: 'OUTPUT_FAILED', cause: gone });
    expect(String(error)).toContain('disk gone');
  });

  it('passes the lines on in spite of a failure with `onError: ignore`, also those that it held', async () => {
    const { writable, release } = slowWritable();
    const lines$ = new Subject<RawLine>();
    const seen: RawLine[] = [];
    lines$
      .pipe(teeLines(writable, { onError: 'ignore' }))
      .subscribe({ next: (line) => seen.push(line), complete: () => seen.push('complete') });
    for (const line of ['aaaa', 'bbbb']) lines$.next(line);
    await release(new Error('gone'));
    lines$.next('cccc');
    lines$.complete();
    expect(seen).toEqual(['aaaa', 'bbbb', 'cccc', 'complete']);
  });

  it('never pauses a source that the consumer has left in the middle of a line', () => {
    const { writable } = slowWritable();
    const { lines$, calls } = pausableLines();
    lines$.pipe(teeLines(writable), take(1)).subscribe();
    lines$.next('aaaa');
    expect(calls.at(-1)).not.toBe('pause');
  });

  it('resumes the source when the Writable fails or is destroyed while it is full', async () => {
    for (const end of [
      (_: Writable, release: (error: Error) => Promise<void>) => release(new Error('gone')),
      async (writable: Writable, release: (error: Error) => Promise<void>) => {
        writable.destroy();
        await release(new Error('gone'));
      },
    ]) {
      const { writable, release } = slowWritable();
      const { lines$, calls } = pausableLines();
      lines$.pipe(teeLines(writable)).subscribe({ error: () => undefined });
      lines$.next('aaaa');
      expect(calls).toEqual(['pause']);
      await end(writable, release);
      expect(calls.at(-1)).toBe('resume');
    }
  });

  it('resumes the source when it finds the Writable ended', () => {
    const { writable } = slowWritable();
    const { lines$, calls } = pausableLines();
    lines$.pipe(teeLines(writable, { onError: 'ignore' })).subscribe();
    lines$.next('aaaa');
    writable.end();
    lines$.next('bbbb');
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('pauses the source of another tee before it', () => {
    const { writable } = slowWritable();
    const { lines$, calls } = pausableLines();
    lines$.pipe(teeLines(pathOf()), teeLines(new PassThrough()), teeLines(writable)).subscribe();
    lines$.next('aaaa');
    expect(calls).toEqual(['pause']);
  });

  it('errors with what a Writable throws, and goes on with `onError: ignore`', async () => {
    const broken = () =>
      new Writable({
        write() {
          throw new Error('broken');
        },
      });
    await expect(lastValueFrom(of('a').pipe(teeLines(broken())))).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
      kind: 'tee',
      cause: matching({ message: 'broken' }),
    });
    const lines$ = of('a', 'b').pipe(teeLines(broken(), { onError: 'ignore' }), toArray());
    expect(await lastValueFrom(lines$)).toEqual(['a', 'b']);
  });

  it('keeps the order, and every line, when the Writable is ended while lines are handed over', async () => {
    const { writable, release } = slowWritable();
    const lines$ = new Subject<RawLine>();
    const seen: RawLine[] = [];
    lines$.pipe(teeLines(writable, { onError: 'ignore' })).subscribe({
      next: (line) => {
        seen.push(line);
        if (line === 'bbbb') writable.end();
      },
      complete: () => seen.push('complete'),
    });
    for (const line of ['aaaa', 'bbbb', 'cccc', 'dddd']) lines$.next(line);
    lines$.complete();
    await release();
    await release();
    expect(seen).toEqual(['aaaa', 'bbbb', 'cccc', 'dddd', 'complete']);
  });

  it('does not wait for ever for a Writable that is ended but not closed', async () => {
    const { written, writable, release } = slowWritable();
    const open = Object.assign(writable, { destroy: () => writable });
    const lines$ = new Subject<RawLine>();
    const seen: unknown[] = [];
    lines$
      .pipe(teeLines(open))
      .subscribe({ next: (line) => seen.push(line), error: (error: unknown) => seen.push(error) });
    for (const line of ['aaaa', 'bbbb']) lines$.next(line);
    open.end();
    await release();
    expect(written).toEqual(['aaaa\n']);
    expect(seen).toEqual(['aaaa', matching({ code: 'OUTPUT_FAILED' })]);
  });

  it('holds very many lines back without taking ever longer for each', async () => {
    const { writable, release } = slowWritable();
    const count = 200_000;
    let seen = 0;
    range(0, count)
      .pipe(
        map((value) => String(value)),
        teeLines(writable, { onError: 'ignore' }),
      )
      .subscribe(() => seen++);
    await release(new Error('gone'));
    expect(seen).toBe(count);
  });

  it('leaves no listener behind when all is written', async () => {
    const { writable, release } = slowWritable(100);
    const subscription = concat(of('a'), NEVER).pipe(teeLines(writable)).subscribe();
    subscription.unsubscribe();
    expect(['drain', 'finish', 'close'].map((name) => writable.listenerCount(name))).toEqual([0, 0, 0]);
    await release();
    expect(writable.listenerCount('error')).toBe(0);
  });

  it('stands a failure after the consumer has left', async () => {
    const { writable, release } = slowWritable(100);
    concat(of('a'), NEVER).pipe(teeLines(writable)).subscribe().unsubscribe();
    await release(new Error('too late'));
    expect(writable.destroyed).toBe(true);
  });

  it('names the file of a file stream in its error', async () => {
    const target = createWriteStream(join(folder, 'missing', 'x'));
    const error = await lastValueFrom(NEVER.pipe(teeLines(target))).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'OUTPUT_FAILED', path: join(folder, 'missing', 'x') });
  });
});

describe('bad input', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a number', 5],
    ['empty text', ''],
    ['an object that cannot be written to', {}],
  ])('is refused when the operator is created: %s', (_name, target) => {
    expect(() => teeLines(target as string)).toThrow('"teeLines.target" must be the path of a file or a Writable');
  });

  it('is refused in onError', () => {
    expect(() => teeLines('run.jsonl', { onError: 'ingore' as 'ignore' })).toThrow(`'error' or 'ignore', got "ingore"`);
  });
});
