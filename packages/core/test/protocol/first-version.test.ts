import { firstVersionAfter } from '../../src/protocol/first-version.js';

describe('firstVersionAfter', () => {
  it.each([
    ['thread/start', '0.98.0', undefined],
    ['turn/steer', '0.98.0', '0.110.0'],
    ['turn/steer', '0.171.0', undefined],
    ['thread/search/stream', '0.169.0', '0.171.0'],
    ['thread/search/stream', '0.190.0', undefined],
    ['a/method/of/the/future', '0.171.0', undefined],
    ['thread/search/stream', 'unknown', undefined],
  ])('returns the first version with %s if that is later than %s', (method, version, since) => {
    expect(firstVersionAfter(version, method)).toBe(since);
  });
});
