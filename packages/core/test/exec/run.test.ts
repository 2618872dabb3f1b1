import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exec$, type RunNotification, run$ } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { takeWhile } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, said, started } from './support/lines.js';
import { observe, types } from './support/observe.js';

const place = leavesNothing();
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('run$', () => {
  it('emits all notifications of a run, in order', async () => {
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

  it('emits exited before the error of a failed run', async () => {
    const observed = await observe(run$(request([{ lines: [started, failed('no')] }, { exit: 1 }])));
    expect(observed.error).toMatchObject({ code: 'TURN_FAILED' });
    expect(observed.values.at(-1)).toMatchObject({ type: 'exited', code: 1 });
  });

  it('writes the schema to a private file before started, and removes it before the end', async () => {
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

  it('reads the final message from the file of the CLI, and copies the file', async () => {
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

  it('emits nothing after the handler of exited unsubscribes', async () => {
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
