import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { readEvents$ } from '../../src/reading/read-events.js';
import { readRecords$ } from '../../src/reading/read-records.js';
import { all, failure, iterate, LINES, LOG, TYPES, types, until } from './sample-log.js';
import { temporaryFolder } from './temporary.js';

const folder = temporaryFolder();

describe('readEvents$', () => {
  it('reads a file by its path, its URL, or its URL as text', async () => {
    const path = folder.write('a run #1 ä.jsonl', LOG);
    expect(await types(path)).toEqual(TYPES);
    expect(await types(pathToFileURL(path))).toEqual(TYPES);
    expect(await types(pathToFileURL(path).href)).toEqual(TYPES);
  });

  it('reads a stream of bytes or text', async () => {
    expect(await types(Readable.from([Buffer.from(LOG)]))).toEqual(TYPES);
    expect(await types(Readable.from([LOG.slice(0, 50), LOG.slice(50)]))).toEqual(TYPES);
  });

  it('reads an iterable of text or bytes in any chunking', async () => {
    expect(await types(iterate(LOG))).toEqual(TYPES);
    expect(await types(iterate(LOG.split('')))).toEqual(TYPES);
    expect(await types(iterate([Buffer.from(LOG).subarray(0, 140), Buffer.from(LOG).subarray(140)]))).toEqual(TYPES);
  });

  it('reads an iterable with empty chunks', async () => {
    expect(await types(iterate(['', LOG.slice(0, 50), '', '', LOG.slice(50), '', Buffer.alloc(0)]))).toEqual(TYPES);
  });

  it('reads an iterable of lines without their newline, such as readline', async () => {
    expect(await types(iterate(LINES))).toEqual(TYPES);
    expect(await types(createInterface({ input: Readable.from([LOG]) }))).toEqual(TYPES);
  });

  it('completes without a value for an empty file', async () => {
    expect(await types(folder.write('empty.jsonl', ''))).toEqual([]);
    expect(await types(iterate([]))).toEqual([]);
  });

  it('continues after a damaged line', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${LINES[0]}\nnot json\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`${LINES[1]}\r\n`),
    ]);
    const events = await all(readEvents$(folder.write('damaged.jsonl', bytes)));
    expect(events).toEqual([
      expect.objectContaining({ type: 'thread.started' }),
      expect.objectContaining({ type: 'malformed', line_number: 2, line: 'not json' }),
      expect.objectContaining({ type: 'malformed', line_number: 3, line: '\uFFFD' }),
      { type: 'turn.started', thread_id: 't-1', turn_id: 'synthetic-turn-1' },
    ]);
  });

  it('continues after a line longer than maxLineBytes', async () => {
    const log = `${LINES[0]}\n{"type":"error","message":"${'x'.repeat(500)}"}\n${LINES[1]}\n`;
    expect(await types(iterate([log]), { maxLineBytes: 100 })).toEqual(['thread.started', 'malformed', 'turn.started']);
    expect(await types(iterate([log]))).toEqual(['thread.started', 'error', 'turn.started']);
  });

  it('opens the source at each subscription, and not before', async () => {
    const path = folder.write('growing.jsonl', '');
    const events$ = readEvents$(path);
    folder.write('growing.jsonl', LOG);
    expect(await all(events$)).toHaveLength(4);
    folder.write('growing.jsonl', LOG + LOG);
    expect(await all(events$)).toHaveLength(8);
  });
});

describe('strict reading', () => {
  it('errors at the first line that is not a known event, and closes the source', async () => {
    const stream = Readable.from([`${LINES[0]}\n\n{"type":"new.thing"}\n${LINES[1]}\n`]);
    const seen: string[] = [];
    const error = await new Promise((resolve) => {
      readEvents$(stream, { strict: true }).subscribe({ next: ({ type }) => seen.push(type), error: resolve });
    });
    expect(seen).toEqual(['thread.started']);
    expect(error).toMatchObject({ code: 'DECODE_FAILED', line: 3 });
    expect(stream.destroyed).toBe(true);
    expect(await failure(readRecords$(iterate(['[]\n']), { strict: true }))).toMatchObject({
      code: 'DECODE_FAILED',
      line: 1,
    });
  });
});

describe('a source that cannot be read', () => {
  it.each([
    ['a missing file', () => `${folder.path}/none.jsonl`, 'no such file', 'ENOENT'],
    ['a folder', () => folder.path, 'it is a folder, not a file', 'EISDIR'],
    [
      'a file below a file',
      () => `${folder.write('file', 'x')}/log.jsonl`,
      'a part of the path is not a folder',
      'ENOTDIR',
    ],
  ])('is %s: an InputError says so', async (_, path, problem, code) => {
    expect(await failure(readEvents$(path()))).toMatchObject({
      name: 'InputError',
      code: 'INPUT_FAILED',
      source: path(),
      message: `Cannot read ${path()}: ${problem}`,
      cause: expect.objectContaining({ code }) as unknown,
    });
  });

  it.each([
    ['an empty path', '', 'the path is empty'],
    ['a URL of another kind', new URL('https://example.com/run.jsonl'), 'only file: URLs'],
    ['a number', 42 as unknown as string, 'neither a path'],
    ['null', null as unknown as string, 'neither a path'],
  ])('is %s', async (_, source, problem) => {
    expect(await failure(readEvents$(source))).toMatchObject({
      code: 'INPUT_FAILED',
      message: expect.stringContaining(problem) as unknown,
    });
  });

  it('may be a stream that was read before', async () => {
    const stream = Readable.from([LOG]);
    expect(await types(stream)).toEqual(TYPES);
    expect(await failure(readEvents$(stream))).toMatchObject({
      code: 'INPUT_FAILED',
      message: expect.stringContaining('was read or closed before') as unknown,
    });
  });

  it('may be a stream that was read to its end and is still open', async () => {
    const stream = new Readable({ read: () => undefined, autoDestroy: false });
    stream.push(null);
    stream.resume();
    await until(() => stream.readableEnded);
    expect(await failure(readEvents$(stream))).toMatchObject({ code: 'INPUT_FAILED' });
  });

  it('may be a stream or iterable that fails: its error is the cause, after the events before it', async () => {
    const reason = new Error('connection lost');
    async function* failing() {
      yield `${LINES[0]}\n`;
      await Promise.resolve();
      throw reason;
    }
    for (const [source, name] of [
      [Readable.from(failing()), 'stream'],
      [failing(), 'iterable'],
    ] as const) {
      const seen: string[] = [];
      const error = await new Promise((resolve) => {
        readEvents$(source).subscribe({ next: ({ type }) => seen.push(type), error: resolve });
      });
      expect(seen).toEqual(['thread.started']);
      expect(error).toMatchObject({
        code: 'INPUT_FAILED',
        source: name,
        message: `Cannot read ${name}: connection lost`,
        cause: reason,
      });
    }
  });

  it('may be an iterable of other values', async () => {
    expect(
      await failure(readEvents$(iterate([{ type: 'turn.started' }]) as unknown as AsyncIterable<string>)),
    ).toMatchObject({
      code: 'INPUT_FAILED',
      message: 'Cannot read iterable: The iterable contains values that are neither text nor bytes',
    });
  });

  it.each([0, -1, Number.NaN, '5' as unknown as number])(
    'is anything with a maxLineBytes of %p',
    async (maxLineBytes) => {
      expect(await failure(readEvents$(iterate([LOG]), { maxLineBytes }))).toMatchObject({
        code: 'REQUEST_INVALID',
        field: 'maxLineBytes',
      });
    },
  );
});
