import { spawn } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
import type { Observer } from 'rxjs';
import type { RawLine } from '../../../src/events/raw-line.js';
import { frameLines } from '../../../src/process/framing/frame-lines.js';

interface Recording extends Observer<RawLine> {
  readonly calls: unknown[];
  readonly finished: Promise<void>;
}

function recording(onLine: (raw: RawLine) => void = () => undefined): Recording {
  const calls: unknown[] = [];
  let finish: () => void;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    calls,
    finished,
    next(raw) {
      calls.push(raw);
      onLine(raw);
    },
    complete() {
      calls.push('END');
      finish();
    },
    error(error) {
      calls.push(error);
      finish();
    },
  };
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const limits = { maxLineBytes: 1024 };

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a paused framer', () => {
  it('delivers nothing more, not even lines of the same chunk or the end, until it is resumed', async () => {
    const source = new PassThrough();
    const observer = recording((raw) => {
      if (raw === 'b') framer.pause();
    });
    const framer = frameLines(source, limits, observer);
    source.end('a\nb\nc\nd');
    await until(() => observer.calls.length >= 2);
    await tick();
    expect(observer.calls).toEqual(['a', 'b']);
    framer.resume();
    await observer.finished;
    expect(observer.calls).toEqual(['a', 'b', 'c', 'd', 'END']);
  });

  it('delivers what has waited within resume()', async () => {
    const source = new PassThrough();
    const observer = recording((raw) => {
      if (raw === 'a' || raw === 'c') framer.pause();
    });
    const framer = frameLines(source, limits, observer);
    source.write('a\nb\nc\nd\n');
    await until(() => observer.calls.length > 0);
    framer.resume();
    expect(observer.calls).toEqual(['a', 'b', 'c']);
    framer.resume();
    expect(observer.calls).toEqual(['a', 'b', 'c', 'd']);
    framer.destroy();
  });

  it('does not read the source, and stops it again when somebody else resumes it', async () => {
    const source = new PassThrough();
    const framer = frameLines(source, limits, recording());
    expect(source.isPaused()).toBe(false);
    framer.pause();
    expect(source.isPaused()).toBe(true);
    source.resume();
    source.write('a\n');
    await tick();
    expect(source.isPaused()).toBe(true);
    framer.destroy();
  });

  it('can be paused before the first line', async () => {
    const source = Readable.from([Buffer.from('a\n')]);
    const observer = recording();
    const framer = frameLines(source, limits, observer);
    framer.pause();
    await tick();
    await tick();
    expect(observer.calls).toEqual([]);
    framer.resume();
    await observer.finished;
    expect(observer.calls).toEqual(['a', 'END']);
  });

  it('holds up the process that writes', async () => {
    const endless = `const line = 'x'.repeat(1023) + '\\n'; let n = 0;
      const more = () => { do process.stderr.write(++n + '\\n'); while (process.stdout.write(line)); process.stdout.once('drain', more); };
      more();`;
    const child = spawn(process.execPath, ['-e', endless], { stdio: ['ignore', 'pipe', 'pipe'] });
    let progress = '';
    child.stderr.on('data', (chunk: Buffer) => {
      progress = (progress + String(chunk)).slice(-100);
    });
    const written = () => Number(progress.trimEnd().split('\n').at(-1));
    const observer = recording(() => {
      if (observer.calls.length === 1) framer.pause();
    });
    const framer = frameLines(child.stdout, limits, observer);
    try {
      await until(() => observer.calls.length === 1);
      // Stuck: the same figure in many looks in a row.
      let last = -1;
      let same = 0;
      await until(() => {
        same = written() === last ? same + 1 : 0;
        last = written();
        return same > 50;
      });
      expect(observer.calls).toHaveLength(1);
      framer.resume();
      await until(() => written() > last + 1000);
      framer.destroy();
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('keeps the lines of a child that exits meanwhile', async () => {
    const child = spawn(process.execPath, ['-e', 'for (let i = 0; i < 2000; i++) console.log(i)']);
    const observer = recording();
    const framer = frameLines(child.stdout, limits, observer);
    framer.pause();
    await new Promise((resolve) => child.once('exit', resolve));
    for (let i = 0; i < 20; i += 1) await tick();
    expect(observer.calls).toEqual([]);
    framer.resume();
    await observer.finished;
    expect(observer.calls).toEqual([...Array.from({ length: 2000 }, (_, i) => String(i)), 'END']);
  });
});

describe('a framer', () => {
  it('makes no more calls after destroy(), leaves the source paused, and its late errors harmless', async () => {
    const source = new PassThrough();
    const observer = recording((raw) => {
      if (raw === 'a') framer.destroy();
    });
    const framer = frameLines(source, limits, observer);
    source.write('a\nb\nc');
    await until(() => observer.calls.length > 0);
    await tick();
    expect(source.isPaused()).toBe(true);
    expect(source.destroyed).toBe(false);
    source.destroy(new Error('late'));
    await tick();
    expect(observer.calls).toEqual(['a']);
  });

  it('never calls the observer within a call of the observer', async () => {
    const source = new PassThrough();
    let depth = 0;
    let deepest = 0;
    const observer = recording((raw) => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      framer.pause();
      framer.resume();
      if (raw === 'a') source.emit('data', Buffer.from('c\n'));
      depth -= 1;
    });
    const framer = frameLines(source, limits, observer);
    source.end('a\nb\n');
    await observer.finished;
    expect(observer.calls).toEqual(['a', 'b', 'c', 'END']);
    expect(deepest).toBe(1);
  });

  it('numbers a problem line by all lines before it, delivered or not', async () => {
    const source = new PassThrough();
    const observer = recording((raw) => {
      if (raw === 'b') framer.pause();
    });
    const framer = frameLines(source, { maxLineBytes: 4 }, observer);
    source.write('a\nb\nc\n');
    await until(() => observer.calls.length === 2);
    source.resume();
    source.end('d\ntoo long\n');
    await tick();
    framer.resume();
    await observer.finished;
    expect(observer.calls.slice(2)).toEqual(['c', 'd', { text: 'too ', line_number: 5, problem: 'oversize' }, 'END']);
  });

  it('keeps the order when the observer makes the source emit within a call', async () => {
    const source = new PassThrough();
    const observer = recording((raw) => {
      if (raw === 'a') source.write('c\n');
      if (raw === 'b') source.end('d\n');
    });
    frameLines(source, limits, observer);
    source.write('a\nb\n');
    await observer.finished;
    expect(observer.calls).toEqual(['a', 'b', 'c', 'd', 'END']);
  });

  it("passes the source's error on, after the lines before it", async () => {
    const source = new PassThrough();
    const observer = recording(() => {
      framer.pause();
    });
    const framer = frameLines(source, limits, observer);
    source.write('a\nb\n');
    await until(() => observer.calls.length === 1);
    const failure = new Error('disk on fire');
    source.destroy(failure);
    await tick();
    expect(observer.calls).toEqual(['a']);
    framer.resume();
    framer.resume();
    expect(observer.calls).toEqual(['a', 'b', failure]);
  });

  it('reports a source that is destroyed before its end', async () => {
    const source = new PassThrough();
    const observer = recording();
    frameLines(source, limits, observer);
    source.write('a\n');
    await until(() => observer.calls.length === 1);
    source.destroy();
    await observer.finished;
    expect(observer.calls).toEqual(['a', new Error('The stream was closed before its end')]);
  });

  it.each([
    [
      'ended',
      async (source: PassThrough) => {
        source.end();
        source.resume();
        await tick();
      },
      'END',
    ],
    [
      'destroyed',
      async (source: PassThrough) => {
        source.destroy();
        await tick();
      },
      new Error('The stream was closed before its end'),
    ],
    [
      'broken',
      async (source: PassThrough) => {
        source.on('error', () => undefined);
        source.destroy(new Error('before'));
        await tick();
      },
      new Error('before'),
    ],
  ])('does not wait for a source that is %s already', async (_, prepare, outcome) => {
    const source = new PassThrough();
    await prepare(source);
    const observer = recording();
    frameLines(source, limits, observer);
    expect(observer.calls).toEqual([]);
    await observer.finished;
    expect(observer.calls).toEqual([outcome]);
  });

  it('reads text of a stream in object mode or with an encoding', async () => {
    const objects = recording();
    frameLines(Readable.from(['a\n', new Uint8Array([0x62, 0x0a]), 'ä']), limits, objects);
    await objects.finished;
    expect(objects.calls).toEqual(['a', 'b', 'ä', 'END']);
    const encoded = recording();
    const source = new PassThrough({ encoding: 'utf8' });
    source.end(Buffer.from('ä\nö'));
    frameLines(source, limits, encoded);
    await encoded.finished;
    expect(encoded.calls).toEqual(['ä', 'ö', 'END']);
  });

  it('says what is wrong with a chunk that is neither bytes nor text', async () => {
    const observer = recording();
    frameLines(Readable.from(['a\n', { type: 'b' }, 'c\n']), limits, observer);
    await observer.finished;
    expect(observer.calls).toEqual(['a', new TypeError('A chunk of the stream is neither bytes nor text, but object')]);
  });
});

describe('the tap', () => {
  it('sees each chunk as it came, before its lines', async () => {
    const seen: unknown[] = [];
    const observer = recording((raw) => seen.push(raw));
    const chunks = [[0xef, 0xbb, 0xbf, 0x61], [0xff, 0x0d, 0x0a, 0x62], [0x0a]].map((bytes) => Buffer.from(bytes));
    frameLines(Readable.from(chunks), { ...limits, tap: (chunk) => seen.push(chunk) }, observer);
    await observer.finished;
    expect(seen).toEqual([
      chunks[0],
      chunks[1],
      { text: 'a\uFFFD', line_number: 1, problem: 'invalid_utf8' },
      chunks[2],
      'b',
    ]);
  });

  it('ends the framing with what it throws', async () => {
    const failure = new Error('No space left on device');
    const tap = (chunk: Buffer) => {
      if (chunk.includes('b')) throw failure;
    };
    const observer = recording();
    frameLines(Readable.from(['a\n', 'b\n', 'c\n']), { ...limits, tap }, observer);
    await observer.finished;
    await tick();
    expect(observer.calls).toEqual(['a', failure]);
  });
});
