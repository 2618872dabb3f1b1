import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { RawLine } from '@codex-rx/core/events';
import { concat, from, lastValueFrom, map, NEVER, of, range, Subject, take, toArray } from 'rxjs';
import { teeLines } from '../../src/node.js';
import { matching } from '../support/operator-checklist.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tee-lines-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const pathOf = (name = 'run.jsonl') => join(folder, name);

describe('teeLines to a Writable', () => {
  it('may be shared by more runs than the listener limit, which is unchanged', async () => {
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

  it('writes each line before it emits it, and does not end the Writable', async () => {
    const target = new PassThrough({ encoding: 'utf8' });
    const lines: RawLine[] = ['a', '', { text: 'cut', line_number: 3, problem: 'invalid_utf8' }];
    expect(await lastValueFrom(from(lines).pipe(teeLines(target), toArray()))).toEqual(lines);
    expect(target.read()).toBe('a\n\ncut\n');
    expect(target.writableEnded).toBe(false);
  });

  it('delays lines while the Writable is full, and then emits them in order', async () => {
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

  it('resumes the source when the subscriber unsubscribes', () => {
    const { writable } = slowWritable();
    const { lines$, calls } = pausableLines();
    const subscription = lines$.pipe(teeLines(writable)).subscribe();
    lines$.next('aaaa');
    subscription.unsubscribe();
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('emits an error of the source after the delayed lines', async () => {
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

  it('reports why the Writable was destroyed', () => {
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

  it('emits the lines, also delayed lines, despite a failure with `onError: ignore`', async () => {
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

  it('does not pause a source whose subscriber unsubscribed during a line', () => {
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

  it('errors with the error that a Writable throws, and continues with `onError: ignore`', async () => {
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

  it('does not wait without limit for a Writable that is ended but not closed', async () => {
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

  it('delays many lines in linear time', async () => {
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

  it('removes its listeners after the last line', async () => {
    const { writable, release } = slowWritable(100);
    const subscription = concat(of('a'), NEVER).pipe(teeLines(writable)).subscribe();
    subscription.unsubscribe();
    expect(['drain', 'finish', 'close'].map((name) => writable.listenerCount(name))).toEqual([0, 0, 0]);
    await release();
    expect(writable.listenerCount('error')).toBe(0);
  });

  it('ignores a failure after the subscriber unsubscribed', async () => {
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
