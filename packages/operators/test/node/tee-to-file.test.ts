import {
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
import { PassThrough } from 'node:stream';
import type { RawLine } from '@codex-rx/core/events';
import { EMPTY, from, lastValueFrom, of, Subject, tap, throwError, toArray } from 'rxjs';
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

  it('writes a line before it emits it', () => {
    const seen: string[] = [];
    from(['a', 'b'])
      .pipe(teeLines(pathOf()))
      .subscribe(() => seen.push(read()));
    expect(seen).toEqual(['a\n', 'a\nb\n']);
  });

  it('emits every line unchanged', async () => {
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

  it('starts a new line after an incomplete line', () => {
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

  it('appends to an existing file, or empties it', () => {
    writeFileSync(pathOf(), 'old\n');
    of('new').pipe(teeLines(pathOf())).subscribe();
    expect(read()).toBe('old\nnew\n');
    of('only')
      .pipe(teeLines(pathOf(), { append: false }))
      .subscribe();
    expect(read()).toBe('only\n');
  });

  it('creates the folders of the path, unless `mkdir` is false', async () => {
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

  it('emits the lines despite failures with `onError: ignore`', async () => {
    mkdirSync(pathOf());
    const lines$ = of('a', 'b').pipe(teeLines(pathOf(), { onError: 'ignore' }), toArray());
    expect(await lastValueFrom(lines$)).toEqual(['a', 'b']);
  });

  it('emits the error of the source, not an error of closing', async () => {
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

  it('counts bytes, including the previous content of the file', () => {
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

  it('reopens the file when another run has moved it, and counts the bytes of that run', () => {
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

  it('writes no hole to a file that another run empties', () => {
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

  it('continues after a crash between two moves, without overwriting a moved file', () => {
    writeFileSync(pathOf(), 'new\n');
    writeFileSync(pathOf('run.jsonl.2'), 'old\n');
    of('newer')
      .pipe(teeLines(pathOf(), { rotate: { maxBytes: 5, keep: 2 } }))
      .subscribe();
    expect([read(), read('run.jsonl.1'), read('run.jsonl.2')]).toEqual(['newer\n', 'new\n', 'old\n']);
  });

  it('errors when an old file cannot be moved, and keeps all files', async () => {
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
