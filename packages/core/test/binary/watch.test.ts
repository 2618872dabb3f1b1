import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { firstValueFrom, type Observable, ReplaySubject, Subject, type Subscription, skip } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { FileIdentity } from '../../src/binary/stability.js';
import { type BinarySpec, type Look, watchBinary$, watchFiles$ } from '../../src/binary/watch.js';

const file = (path: string, version: number, touched = 1_000_000): FileIdentity => ({
  path,
  inode: 1,
  size: 10,
  modified: version,
  touched,
});

/** The virtual clock starts at 0. */
const long = -1_000;

/** A disk on which a file has these states, one a look. */
function disk(...states: (FileIdentity | null)[]): Look {
  let look = 0;
  return () => states[Math.min(look++, states.length - 1)] ?? null;
}

const options = { stableFor: 3, interval: 1 };

function virtual(test: (scheduler: Parameters<Parameters<TestScheduler['run']>[0]>[0]) => void): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(test);
}

describe('watchBinary$, in virtual time', () => {
  it('emits immediately for a file that has long been unchanged', () => {
    virtual(({ cold, expectObservable }) => {
      const looks$ = cold('---a', { a: disk(file('/codex', 1, long)) });
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('---a', { a: '/codex' });
    });
  });

  it('waits until a file that is being written is unchanged for long enough', () => {
    virtual(({ cold, expectObservable }) => {
      const looks$ = cold('a', { a: disk(null, file('/codex', 1), file('/codex', 2), file('/codex', 3)) });
      // The last change is seen at 3; three looks later nothing else has happened.
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('6ms a', { a: '/codex' });
    });
  });

  it('emits again when another file has replaced it', () => {
    virtual(({ cold, expectObservable }) => {
      const old = file('/codex', 1, long);
      const looks$ = cold('a', { a: disk(old, old, file('/codex', 2)) });
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('a 4ms a', { a: '/codex' });
    });
  });

  it('does not emit again for a file that was gone or not executable for a while', () => {
    virtual(({ cold, expectObservable }) => {
      const same = file('/codex', 1, long);
      const looks$ = cold('a', { a: disk(same, null, same) });
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('a', { a: '/codex' });
    });
  });

  it('ignores a new hard link to the file', () => {
    virtual(({ cold, expectObservable }) => {
      const looks$ = cold('a', { a: disk(file('/codex', 1, long), file('/codex', 1, 5)) });
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('a', { a: '/codex' });
    });
  });

  it('waits again when the file changes shortly before the end of the wait', () => {
    virtual(({ cold, expectObservable }) => {
      const [a, b] = [file('/codex', 1), file('/codex', 2)];
      const looks$ = cold('a', { a: disk(a, a, a, b) });
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('6ms a', { a: '/codex' });
    });
  });

  it('follows the latest spec, and stops watching the previous one', () => {
    virtual(({ cold, expectObservable }) => {
      const looks$ = cold('a----b', {
        a: disk(file('/a', 1, long), file('/a', 1, long), file('/a', 2)),
        b: disk(file('/b', 1, long)),
      });
      expectObservable(watchFiles$(looks$, { ...options, stableFor: 5 }), '30ms !').toBe('a----b', {
        a: '/a',
        b: '/b',
      });
    });
  });

  it('continues when the Observable of specs completes, and errors when it errors', () => {
    virtual(({ cold, expectObservable }) => {
      const looks$ = cold('(a|)', { a: disk(null, file('/a', 1)) });
      expectObservable(watchFiles$(looks$, options), '20ms !').toBe('4ms a', { a: '/a' });
      expectObservable(watchFiles$(cold<Look>('--#', undefined, 'no'), options)).toBe('--#', undefined, 'no');
    });
  });
});

describe('watchBinary$, on a real disk', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'watch-binary-')));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function executable(...path: string[]): string {
    const full = join(root, ...path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, '#!/bin/sh\n', { mode: 0o755 });
    return full;
  }
  const fast = { stableFor: 20, interval: 5 };

  /** Subscribes, and replays all emissions. */
  function running(binaries$: Observable<string>): Observable<string> {
    const seen$ = new ReplaySubject<string>(Infinity);
    subscriptions.push(binaries$.subscribe(seen$));
    return seen$;
  }
  const subscriptions: Subscription[] = [];
  afterEach(() => {
    for (const subscription of subscriptions.splice(0)) subscription.unsubscribe();
  });
  const nth = (seen$: Observable<string>, n: number): Promise<string> => firstValueFrom(seen$.pipe(skip(n - 1)));

  it('emits a file once it exists, is not empty, and is executable', async () => {
    const path = join(root, 'codex');
    const taken = jest.fn();
    const seen$ = running(watchBinary$(path, fast));
    subscriptions.push(seen$.subscribe(taken));
    writeFileSync(path, '', { mode: 0o755 });
    await nth(running(watchBinary$(executable('other'), fast)), 1);
    chmodSync(path, 0o644);
    writeFileSync(path, '#!/bin/sh\n');
    await nth(running(watchBinary$(executable('another'), fast)), 1);
    expect(taken).not.toHaveBeenCalled();
    chmodSync(path, 0o755);
    expect(await nth(seen$, 1)).toBe(path);
  });

  it('emits when a new binary was renamed over the old one', async () => {
    const path = executable('codex');
    const seen$ = running(watchBinary$(path, fast));
    expect(await nth(seen$, 1)).toBe(path);
    renameSync(executable('new'), path);
    expect(await nth(seen$, 2)).toBe(path);
  });

  it('follows a link in a bundle to its version', async () => {
    const one = executable('linux-x64', '1.0.0', 'codex');
    const two = executable('linux-x64', '2.0.0', 'codex');
    const link = join(root, 'linux-x64', 'current');
    symlinkSync('1.0.0', link);
    const spec = { bundleRoot: root, platform: 'linux-x64', version: 'current' };
    const seen$ = running(watchBinary$(spec, fast));
    expect(await nth(seen$, 1)).toBe(one);
    unlinkSync(link);
    symlinkSync('2.0.0', link);
    expect(await nth(seen$, 2)).toBe(two);
  });

  it('waits for a bundle that is being unpacked', async () => {
    const seen$ = running(watchBinary$({ bundleRoot: join(root, 'b'), platform: 'p', version: '1' }, fast));
    await nth(running(watchBinary$(executable('other'), fast)), 1);
    const binary = executable('b', 'p', '1', 'codex');
    expect(await nth(seen$, 1)).toBe(binary);
  });

  it('follows an Observable of specs', async () => {
    const [one, two] = [executable('one'), executable('two')];
    const specs$ = new Subject<BinarySpec>();
    const seen$ = running(watchBinary$(specs$, fast));
    specs$.next(one);
    expect(await nth(seen$, 1)).toBe(one);
    specs$.next(two);
    expect(await nth(seen$, 2)).toBe(two);
  });

  it('errors for a spec that can never match', async () => {
    await expect(firstValueFrom(watchBinary$(' '))).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'spec' });
    await expect(firstValueFrom(watchBinary$({ bundleRoot: root, version: ' ' }))).rejects.toMatchObject({
      code: 'BUNDLE_VERSION_EMPTY',
    });
    mkdirSync(join(root, 'p'));
    await expect(
      firstValueFrom(watchBinary$({ bundleRoot: root, platform: 'p', version: '..' })),
    ).rejects.toMatchObject({
      code: 'BUNDLE_OUTSIDE_ROOT',
    });
  });

  it.each([{ stableFor: -1 }, { stableFor: Number.NaN }, { interval: 0 }, { interval: Number.POSITIVE_INFINITY }])(
    'rejects %j',
    (wrong) => {
      expect(() => watchBinary$('/codex', wrong)).toThrow(
        expect.objectContaining({ code: 'REQUEST_INVALID', field: Object.keys(wrong)[0] }) as Error,
      );
    },
  );
});

it.each([5, null, undefined])('errors with a RequestError for %p, which is not a path', async (spec) => {
  const path$ = watchBinary$(spec as unknown as string);
  await expect(firstValueFrom(path$)).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'spec' });
});
