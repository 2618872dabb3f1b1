/** The output of a running command so far, without escape sequences. */
export interface ScannedOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Only the first bytes are scanned. */
const MAX_SCANNED_BYTES = 64 * 1024;
// eslint-disable-next-line no-control-regex -- colours of a terminal
const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Scans a growing output until `find` returns a result, which is reported once. */
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

/** Returns whole lines only: the last URL may be incomplete. */
function text(chunks: readonly Buffer[]): string {
  const all = Buffer.concat(chunks);
  return all
    .subarray(0, all.lastIndexOf('\n') + 1)
    .toString('utf8')
    .replace(ESCAPES, '');
}
