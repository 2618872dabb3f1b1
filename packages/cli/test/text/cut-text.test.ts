import { cutText } from '../../src/text/cut-text.js';

describe('cutText', () => {
  it('keeps a text within the limit', () => {
    expect(cutText('x'.repeat(1000), 1000)).toBe('x'.repeat(1000));
  });

  it('cuts the middle of a long text, with a note', () => {
    const text = `start${'x'.repeat(100_000)}end`;
    const cut = cutText(text, 1000);

    expect(cut).toMatch(/^start/);
    expect(cut).toMatch(/end$/);
    const [head = '', tail = ''] = cut.split(/\n\[… 99,0\d\d characters left out …\]\n/);
    expect(head.length + tail.length).toBeLessThanOrEqual(1000);
  });

  it('ends a short text with an ellipsis', () => {
    expect(cutText('abcdef', 4)).toBe('abc…');
  });

  it.each([7, 8, 1000, 1001])('does not cut a character in two at %d', (limit) => {
    expect(cutText('😀'.repeat(5000), limit)).not.toMatch(/\p{Cs}/u);
    expect(cutText(`x${'😀'.repeat(5000)}`, limit)).not.toMatch(/\p{Cs}/u);
  });
});
