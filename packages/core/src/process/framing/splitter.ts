import split2 from 'split2';

/**
 * Calls `line` for each line of `text`, before it returns. `text` is made of whole lines, so that nothing stays in the splitter.
 *
 * The mapper keeps the lines for itself: pushing each one through a second stream buffer costs three times as much, and a mapped `null`
 * would end that stream.
 */
export function createSplitter(line: (text: string) => void): (text: string) => void {
  const stream = split2(
    '\n',
    (text) => {
      line(text.endsWith('\r') ? text.slice(0, -1) : text);
    },
    { decodeStrings: false },
  );
  return (text) => {
    stream.write(text);
  };
}
