/** What a command has written so far, escape sequences left out. */
export interface ScannedOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** What is looked for stands at the beginning. */
const MAX_SCANNED_BYTES = 64 * 1024;
// eslint-disable-next-line no-control-regex -- colours of a terminal
const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Looks at a growing output until `find` finds something in it, which is told once. */
export function scanOutput<T>(find: (output: ScannedOutput) => T | undefined, report: (found: T) => void) {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let seen = 0;
  let isDone = false;
  const look = (name: keyof ScannedOutput) => (chunk: Buffer) => {
    if (isDone) return;
    chunks[name].push(chunk);
    seen += chunk.length;
    const found = find({ stdout: text(chunks.stdout), stderr: text(chunks.stderr) });
    isDone = found !== undefined || seen > MAX_SCANNED_BYTES;
    if (isDone) chunks.stdout = chunks.stderr = [];
    if (found !== undefined) report(found);
  };
  return { stdout: look('stdout'), stderr: look('stderr') };
}

/** Whole lines only: half an address is none. */
function text(chunks: readonly Buffer[]): string {
  const all = Buffer.concat(chunks);
  return all
    .subarray(0, all.lastIndexOf('\n') + 1)
    .toString('utf8')
    .replace(ESCAPES, '');
}
