import { setImmediate as nextTick } from 'node:timers/promises';
import { isCodexError, SpawnError } from '../../errors/index.js';
import type { RawLine } from '../../events/raw-line.js';
import { diagnose } from '../../process/diagnostics.js';
import { secretsOf } from '../../process/environment.js';
import { frameLines } from '../../process/framing/frame-lines.js';
import { createRunId, RUN_ID_VARIABLE, runIdValue } from '../../process/run-id.js';
import { type SupervisedChild, superviseChild } from '../../process/supervise.js';
import { exitWithin } from '../../process/terminate.js';
import { redactText } from '../../secrets/redact.js';
import { MAX_STDERR_BYTES } from '../../util/defaults.js';
import type { McpStdioLauncher } from './launcher.js';
import type { JsonRpcMessage, SdkTransport } from './load-client.js';

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const MAX_DIAGNOSTIC_CHARACTERS = 4_096;

/** The process of a server, which does not outlive its host, as a transport of the MCP SDK. */
export class ChildTransport implements SdkTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: ((message: JsonRpcMessage) => void) | undefined;
  readonly pid: number;
  /** Returns the standard error of the process, bounded. */
  readonly stderr: () => string;
  /** Resolves when the process has exited and everything that it started is gone. */
  readonly ended: Promise<void>;
  readonly #process: SupervisedChild;
  readonly #grace: number;
  #closing: Promise<void> | undefined;

  private constructor(process: SupervisedChild, grace: number, secrets: readonly string[]) {
    this.#process = process;
    this.#grace = grace;
    const { child } = process;
    this.pid = child.pid;
    const stderr = process.collect(child.stderr, MAX_STDERR_BYTES);
    this.stderr = () => redactText(stderr.toString(), secrets);
    process.watch(child.stdout);
    const ignore = (): void => undefined;
    const framer = frameLines(
      child.stdout,
      { maxLineBytes: MAX_MESSAGE_BYTES },
      {
        next: (line) => {
          this.#receive(line);
        },
        error: ignore,
        complete: ignore,
      },
    );
    this.ended = process.exited
      .then(() => process.drain())
      .then(() => {
        framer.finish();
        return this.close();
      })
      .then(() => nextTick())
      .then(() => this.onclose?.());
  }

  /** @throws SpawnError */
  static async open(launcher: McpStdioLauncher, grace: number): Promise<ChildTransport> {
    const runId = createRunId();
    const variables = launcher.environment();
    const env = { ...variables, [RUN_ID_VARIABLE]: runIdValue(runId, process.env[RUN_ID_VARIABLE]) };
    const { command: binary, args: argv, cwd } = launcher;
    const spec = { binary, argv, cwd, env, stdin: undefined, keepStdin: true, runId };
    const child = await superviseChild(spec, { grace }).catch((error: unknown) => {
      if (!isCodexError(error, 'BINARY_NOT_FOUND')) throw error;
      const problem = `The program ${binary} of the MCP server ${launcher.name} was not found. Install it, or set its path.`;
      throw new SpawnError('SPAWN_FAILED', binary, problem, error);
    });
    return new ChildTransport(child, grace, secretsOf(variables));
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  send(message: JsonRpcMessage): Promise<void> {
    const { child } = this.#process;
    if (!child.hasExited() && child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
    return Promise.resolve();
  }

  /** Closes the input, waits for the exit, then terminates what is left. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { child } = this.#process;
    child.stdin.end();
    await exitWithin(child, this.#grace);
    this.#process.terminate();
    await this.#process.survivors();
    await this.#process.drain();
    await this.#process.release();
  }

  /** The SDK handles a notification later than an answer that follows it, and would drop the progress of the call. */
  #deliver(message: JsonRpcMessage): void {
    if ('method' in message) this.onmessage?.(message);
    else void nextTick().then(() => this.onmessage?.(message));
  }

  #receive(line: RawLine): void {
    if (line === '') return;
    const text = typeof line === 'string' ? line : line.text;
    const message = typeof line === 'string' ? parse(line) : undefined;
    if (message !== undefined) this.#deliver(message);
    else
      diagnose({
        type: 'protocolError',
        problem: 'an MCP server wrote a line that is not a message',
        text: redactText(text.slice(0, MAX_DIAGNOSTIC_CHARACTERS)),
      });
  }
}

function parse(line: string): JsonRpcMessage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRpcMessage) : undefined;
  } catch {
    return undefined;
  }
}
