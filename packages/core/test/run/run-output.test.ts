import { run$ } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { filter, lastValueFrom, map, toArray } from 'rxjs';

const done: FakeStep = { line: { type: 'turn.completed', usage: {} } };

/** Returns the texts of standard error that a run emits for these bytes, each written on its own. */
async function stderrOf(bytes: Uint8Array): Promise<string[]> {
  const pieces = [...bytes].flatMap((byte): FakeStep[] => [{ stderr: Uint8Array.of(byte) }, { wait: 20 }]);
  const fake = fakeCodex([...pieces, done]);
  const texts$ = run$({ prompt: 'x', ...fake.options }).pipe(
    filter((notification) => notification.type === 'stderr'),
    map(({ text }) => text),
    toArray(),
  );
  return lastValueFrom(texts$);
}

describe('the standard error of a run', () => {
  it('has whole characters wherever its chunks end', async () => {
    const texts = await stderrOf(Buffer.from('ä€😀'));

    expect(texts.join('')).toBe('ä€😀');
    expect(texts).not.toContain('');
  });

  it('ends with a replacement for a character that is cut', async () => {
    expect((await stderrOf(Buffer.from('a€').subarray(0, 3))).join('')).toBe('a\uFFFD');
  });
});
