import { threadEventCodec, usageCodec } from '@codex-rx/core/codecs';
import { PathReporter } from 'io-ts/lib/PathReporter.js';
import { sampleFlips } from '../events/flips.js';
import { sampleEvents } from '../events/samples.js';

describe('threadEventCodec', () => {
  it('returns every kind of event itself', () => {
    for (const event of sampleEvents) {
      const result = threadEventCodec.decode(event);

      expect(result._tag === 'Right' && result.right).toBe(event);
    }
  });

  it('rejects an event in which the type of a field is wrong, by is() and decode() alike', () => {
    const accepted = sampleFlips.filter(
      ({ flipped }) => threadEventCodec.is(flipped) || threadEventCodec.decode(flipped)._tag === 'Right',
    );

    expect(accepted).toEqual([]);
  });

  it('reports the path to each wrong field', () => {
    const item = { id: 'i', type: 'file_change', status: 'completed', changes: [{ path: 1 }] };

    expect(PathReporter.report(threadEventCodec.decode({ type: 'item.completed', item }))).toEqual([
      expect.stringMatching(/^Invalid value 1 supplied to : ThreadEvent\/item: ThreadItem\/changes: .*\/path: string$/),
      expect.stringMatching(/^Invalid value undefined supplied to .*\/kind: string$/),
    ]);
  });

  it('reports an unknown type', () => {
    expect(PathReporter.report(threadEventCodec.decode({ type: 'x' }))).toEqual(['a known type']);
  });
});

describe('usageCodec', () => {
  it('rejects null for an optional field', () => {
    const usage = { input_tokens: 1, cached_input_tokens: 0, output_tokens: 2 };

    expect(usageCodec.is(usage)).toBe(true);
    expect(usageCodec.is({ ...usage, reasoning_output_tokens: null })).toBe(false);
  });
});
