import { Observable } from 'rxjs';
import { resolveBinary } from '../../binary/resolve.js';
import { AbortError, RpcError } from '../../errors/index.js';
import type { RawLine } from '../../events/raw-line.js';
import { codexHome } from '../../home/layout.js';
import { findReason } from '../../outcome/failure-text.js';
import type { ExitStatus } from '../../process/child.js';
import { buildEnvironment, secretsOf } from '../../process/environment.js';
import { frameLines } from '../../process/framing/frame-lines.js';
import { createRunId } from '../../process/run-id.js';
import { type SupervisedChild, superviseChild } from '../../process/supervise.js';
import { exitWithin } from '../../process/terminate.js';
import { sharedArgs } from '../../request/shared-args.js';
import { validateOptions } from '../../request/validate.js';
import { assertNoSecrets } from '../../secrets/assert-no-secrets.js';
import { redactText } from '../../secrets/redact.js';
import { MAX_STDERR_BYTES, TERMINATE_GRACE_MS } from '../../util/defaults.js';
import type { ProcessOptions } from './process-options.js';
import type { AppServerTransport } from './transport.js';

/** A server needs about 30 ms to exit after the end of its input. CLI 0.98 does not exit while a turn runs. */
const EXIT_AFTER_EOF_MS = 5_000;
/** Answers to `thread/resume` can have tens of MB. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/**
 * Spawns `codex app-server`, or another command that speaks JSON-RPC over standard input and output. It does not
 * outlive its host.
 *
 * @throws RequestError, BinaryNotFoundError, SpawnError, HomeError, AbortError
 */
export async function openStdioTransport(
  options: ProcessOptions,
  signal: AbortSignal,
  command = 'app-server',
): Promise<AppServerTransport> {
  validateOptions(options);
  const binary = resolveBinary(options);
  const runId = createRunId();
  const env = buildEnvironment(options, process.env, runId);
  if (options.codexHome !== undefined) codexHome(options.codexHome).materialize(options.createHomeDirs);
  const secrets = secretsOf(env);
  const argv = [...sharedArgs(withModel(options)), command, ...(options.analytics === true ? [ANALYTICS_FLAG] : [])];
  assertNoSecrets(argv, secrets);
  if (signal.aborted) throw new AbortError(signal.reason);
  const grace = options.terminateGrace ?? TERMINATE_GRACE_MS;
  const spec = { binary, argv, cwd: process.cwd(), env, stdin: undefined, keepStdin: true, runId };
  const server = await superviseChild(spec, { grace });
  return new StdioTransport(server, { command, secrets, maxLineBytes: options.maxLineBytes ?? MAX_MESSAGE_BYTES });
}

/** The server has no flag for the model. */
function withModel({ model, config, ...options }: ProcessOptions): ProcessOptions {
  return { ...options, config: model === undefined ? config : { ...config, model } };
}

const ANALYTICS_FLAG = '--analytics-default-enabled';

class StdioTransport implements AppServerTransport {
  readonly messages$: Observable<RawLine>;
  readonly pid: number;
  readonly stderr: () => string;
  readonly #server: SupervisedChild;
  readonly #secrets: readonly string[];
  #closing: Promise<void> | undefined;

  constructor(
    server: SupervisedChild,
    { command, secrets, maxLineBytes }: { command: string; secrets: readonly string[]; maxLineBytes: number },
  ) {
    this.#server = server;
    this.#secrets = secrets;
    const { child } = server;
    this.pid = child.pid;
    const stderr = server.collect(child.stderr, MAX_STDERR_BYTES);
    this.stderr = () => this.redact(stderr.toString());
    server.watch(child.stdout);
    this.messages$ = new Observable((subscriber) => {
      const framer = frameLines(
        child.stdout,
        { maxLineBytes },
        {
          next: (line) => {
            subscriber.next(line);
          },
          // The exit of the process is the end, and has the reason.
          error: () => undefined,
          complete: () => undefined,
        },
      );
      void this.#ended().then((status) => {
        framer.finish();
        const how = describeExit(status);
        const text = this.stderr();
        const reason = findReason(text);
        const problem = `codex ${command} ${how}${reason === undefined ? '.' : `: ${reason}`}`;
        subscriber.error(new RpcError('SERVER_EXITED', problem, { stderr: text }));
      });
      return () => {
        framer.destroy();
        child.stdout.resume();
      };
    });
  }

  send(message: string): void {
    if (!this.#server.child.hasExited() && this.#server.child.stdin.writable)
      this.#server.child.stdin.write(`${message}\n`);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  ref(): void {
    this.#server.child.ref();
  }

  unref(): void {
    this.#server.child.unref();
  }

  redact(text: string): string {
    return redactText(text, this.#secrets);
  }

  /** Resolves when the process has exited, the rest of its output is read and everything it started is gone. */
  async #ended(): Promise<ExitStatus> {
    const status = await this.#server.exited;
    await this.#server.drain();
    await this.close();
    return status;
  }

  async #close(): Promise<void> {
    const { child } = this.#server;
    child.ref();
    child.stdin.end();
    await exitWithin(child, EXIT_AFTER_EOF_MS);
    this.#server.terminate();
    await this.#server.survivors();
    await this.#server.drain();
    await this.#server.release();
  }
}

function describeExit({ code, signal }: ExitStatus): string {
  if (signal !== null) return `was ended by ${signal}`;
  return code === null ? 'could not be terminated' : `exited with code ${code}`;
}
