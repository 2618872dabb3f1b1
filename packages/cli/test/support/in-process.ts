import { Readable, Writable } from 'node:stream';
import { execute } from '../../src/program/execute.js';
import type { Ended } from './program.js';

/** Runs a command line in this process, which costs less than a process of its own. The environment is that of jest. */
export async function runInProcess(args: readonly string[], cwd = process.cwd()): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        written[name] += String(chunk);
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const code = await execute(args, '0.0.0', {
    stdin: Readable.from([]) as unknown as NodeJS.ReadStream,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: process.env,
    cwd,
    signal: new AbortController().signal,
  });
  return { code, ...written };
}
