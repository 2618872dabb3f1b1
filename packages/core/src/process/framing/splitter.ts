import split2 from 'split2';

/**
 * Calls `line` synchronously for each line of `text`. `text` consists of whole lines, so nothing remains in the
 * splitter.
 *
 * The mapper does not push the lines to the stream: a second stream buffer takes three times as long, and a mapped
 * `null` would end the stream.
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
