import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec$ } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { completed, started } from '../exec/support/lines.js';
import { observe } from '../exec/support/observe.js';

const place = leavesNothing();
const text = (...lines: object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

it('mirrors nothing by default', async () => {
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

it('does not remove files of the request', async () => {
  const path = join(place.folder, 'schema.json');
  writeFileSync(path, '{"type":"object"}');
  await observe(
    exec$({ ...request([{ lines: [started, completed] }]), workingDirectory: place.folder, outputSchema: path }),
  );
  expect(readdirSync(place.folder)).toContain('schema.json');
});
