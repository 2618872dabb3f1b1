import fs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawLine } from '@codex-rx/core/events';
import {
  concat,
  from,
  lastValueFrom,
  NEVER,
  type Observable,
  type Observer,
  of,
  Subject,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { teeLines } from '../../src/node.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tee-descriptors-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (name = 'run.jsonl') => join(folder, name);
const read = (name?: string) => readFileSync(pathOf(name), 'utf8');

const failing$ = throwError(() => new Error('boom'));

describe('the disk', () => {
  it('has each line with `flush` before the line is passed on', () => {
    const order: unknown[] = [];
    const { fsyncSync } = fs;
    jest.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
      fsyncSync(fd);
      order.push(`flushed ${JSON.stringify(read())}`);
    });
    from(['a', 'b'])
      .pipe(teeLines(pathOf(), { flush: true }))
      .subscribe((line) => order.push(line));
    expect(order).toEqual(['flushed "a\\n"', 'a', 'flushed "a\\nb\\n"', 'b']);
  });

  it('is left to the operating system without `flush`', () => {
    const fsync = jest.spyOn(fs, 'fsyncSync');
    from(['a', 'b']).pipe(teeLines(pathOf())).subscribe();
    expect(fsync).not.toHaveBeenCalled();
  });

  it('makes the stream fail when it cannot be flushed', async () => {
    const failure = new Error('no space');
    jest.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw failure;
    });
    await expect(lastValueFrom(of('a').pipe(teeLines(pathOf(), { flush: true })))).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
      cause: failure,
    });
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** How often this process holds files of the folder and the full device open. */
function held(): string[] {
  const paths = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
  return paths.filter((path) => path.startsWith(folder) || path === '/dev/full');
}

/** Returns the open descriptors when the subscriber is notified of the end. */
function heldAtTheEnd(lines$: Observable<RawLine>): string[] | undefined {
  let atTheEnd: string[] | undefined;
  const end = () => {
    atTheEnd = held();
  };
  lines$.subscribe({ error: end, complete: end } satisfies Partial<Observer<RawLine>>);
  return atTheEnd;
}

onLinux('descriptors', () => {
  it('stay open until the stream is unsubscribed, one for each subscription', () => {
    const lines$ = new Subject<RawLine>();
    const teed$ = lines$.pipe(teeLines(pathOf()));
    const [one, other] = [teed$.subscribe(), teed$.subscribe()];
    expect(held()).toEqual([pathOf(), pathOf()]);
    one.unsubscribe();
    expect(held()).toEqual([pathOf()]);
    other.unsubscribe();
    expect(held()).toEqual([]);
  });

  const full = () => teeLines('/dev/full');
  const rotating = (keep: number) => teeLines(pathOf(), { rotate: { maxBytes: 5, keep } });
  /** So that no file can be moved there. */
  const obstruct = () => mkdirSync(pathOf('run.jsonl.1/x'), { recursive: true });
  const lines$ = from(['aaaa', 'bbbb']);

  it.each<[string, () => Observable<RawLine>]>([
    ['completion', () => lines$.pipe(teeLines(pathOf()))],
    ['an error of the source', () => concat(lines$, failing$).pipe(teeLines(pathOf()))],
    ['an error at once', () => failing$.pipe(teeLines(pathOf()))],
    ['rotations', () => lines$.pipe(rotating(1))],
    ['rotations without old files', () => lines$.pipe(rotating(0))],
    ['a write that failed', () => concat(lines$, NEVER).pipe(full())],
    ['a rotation that failed', () => (obstruct(), concat(lines$, NEVER).pipe(rotating(1)))],
    ['a file that cannot be opened', () => (mkdirSync(pathOf()), lines$.pipe(teeLines(pathOf())))],
  ])('are closed when the consumer hears of the end after %s', (_, make$) => {
    expect(heldAtTheEnd(make$())).toEqual([]);
    expect(held()).toEqual([]);
  });

  it.each<[string, () => Observable<RawLine>]>([
    ['lines', () => concat(lines$, NEVER).pipe(teeLines(pathOf()))],
    ['no line', () => NEVER.pipe(teeLines(pathOf()))],
    ['rotations', () => concat(lines$, NEVER).pipe(rotating(2))],
  ])('are closed when the consumer leaves after %s', (_, make$) => {
    const subscription = make$().subscribe();
    expect(held()).toEqual([pathOf()]);
    subscription.unsubscribe();
    expect(held()).toEqual([]);
  });

  it('are closed when the subscriber unsubscribes', () => {
    const seen: RawLine[] = [];
    concat(lines$, NEVER)
      .pipe(teeLines(pathOf()), take(1))
      .subscribe((line) => seen.push(line));
    expect(seen).toEqual(['aaaa']);
    expect(held()).toEqual([]);
  });

  it.each<[string, () => Observable<RawLine>]>([
    ['a write', () => concat(lines$, NEVER).pipe(teeLines('/dev/full', { onError: 'ignore' }))],
    [
      'a rotation',
      () => (
        obstruct(),
        concat(lines$, NEVER).pipe(teeLines(pathOf(), { onError: 'ignore', rotate: { maxBytes: 5, keep: 1 } }))
      ),
    ],
  ])('are not held while lines are passed on after %s that failed and was ignored', (_, make$) => {
    const seen: RawLine[] = [];
    const subscription = make$().subscribe((line) => seen.push(line));
    expect(seen).toEqual(['aaaa', 'bbbb']);
    expect(held()).toEqual([]);
    subscription.unsubscribe();
  });

  it('are closed when a line that was cut off cannot be ended', () => {
    fs.writeFileSync(pathOf(), 'cut');
    jest.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw new Error('no space');
    });
    expect(heldAtTheEnd(lines$.pipe(teeLines(pathOf())))).toEqual([]);
    expect(held()).toEqual([]);
  });
});

onLinux('a full device', () => {
  it('makes the stream fail', async () => {
    await expect(lastValueFrom(of('a').pipe(teeLines('/dev/full')))).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
      path: '/dev/full',
      cause: { code: 'ENOSPC' },
    });
  });

  it('emits the lines with `onError: ignore`', async () => {
    const lines$ = of('a', 'b').pipe(teeLines('/dev/full', { onError: 'ignore' }), toArray());
    expect(await lastValueFrom(lines$)).toEqual(['a', 'b']);
  });
});
