import { threadEventCodec } from '@codex-rx/core/codecs';
import type { ThreadEvent } from '@codex-rx/core/events';
import { asOnTheWire, at, type Path, sampleFlips } from './flips.js';
import { sampleEvents } from './samples.js';
import { decodeValue, strictError } from './support.js';

/** An id that is not text counts as missing; only a strict decoder rejects it. */
const isInheritedId = ({ event, path }: { event: ThreadEvent; path: Path }) =>
  path.length === 1 && (path[0] === 'turn_id' || (path[0] === 'thread_id' && event.type !== 'thread.started'));

describe('the type of each field of each kind', () => {
  it('is valid in the samples', () => {
    for (const event of sampleEvents) {
      expect(threadEventCodec.is(event)).toBe(true);
      expect(decodeValue(event)).toEqual(event);
      expect(decodeValue(asOnTheWire(event))).toMatchObject(asOnTheWire(event));
    }
  });

  it('is checked by each codec', () => {
    const missed = sampleFlips.filter(
      ({ flipped }) => threadEventCodec.is(flipped) || threadEventCodec.decode(flipped)._tag === 'Right',
    );

    expect(sampleFlips.length).toBeGreaterThan(2000);
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('is checked by a strict decoder', () => {
    const missed = sampleFlips.filter(({ flipped }) => strictError(flipped) === undefined);

    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('makes the event malformed when it is wrong, or the wrong id is ignored', () => {
    const missed = sampleFlips.filter(({ event, path, replacement, flipped }) => {
      const decoded = decodeValue(flipped);
      // An unknown item is kept unchanged, with any content.
      if ('item' in event && event.item.type === 'unknown' && path[0] === 'item' && path.length > 1) return false;
      if (isInheritedId({ event, path })) return decoded?.type !== event.type || at(decoded, path) === replacement;
      return decoded?.type !== 'malformed' && decoded?.type !== 'unknown';
    });

    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('is reported with the path of the wrong field', () => {
    const wrong = sampleFlips
      .filter(({ event }) => event.type !== 'unknown' && event.type !== 'malformed')
      .filter(({ event }) => !('item' in event) || event.item.type !== 'unknown')
      .filter(({ path, flipped }) => strictError(flipped)?.path !== path.join('.'));

    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
