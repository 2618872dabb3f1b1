import { DecodeError } from '@codex-rx/core/errors';

describe('the message of a DecodeError', () => {
  it.each([
    [3, 'item.id', 'Line 3 at item.id: is wrong'],
    [3, '', 'Line 3: is wrong'],
    [0, 'verdict', 'At verdict: is wrong'],
    [0, '', 'is wrong'],
  ])('names line %p and path %p where there are any', (line, path, message) => {
    expect(new DecodeError({ line, path, problem: 'is wrong', excerpt: '' }).message).toBe(message);
  });
});
