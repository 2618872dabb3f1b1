import { resolve } from 'node:path';
import { versionOf } from '../binary/probe-version.js';
import { probedSurface } from '../binary/probed-surfaces.js';
import { resolveBinary } from '../binary/resolve.js';
import { AbortError } from '../errors/index.js';
import { codexHome } from '../home/layout.js';
import { buildEnvironment, secretsOf } from '../process/environment.js';
import { removeFolder } from '../process/remove-folder.js';
import { createRunId } from '../process/run-id.js';
import { createFolder, temporaryPath } from '../process/temporary-folder.js';
import { commandCapabilities } from '../request/command-capabilities.js';
import { sharedArgs } from '../request/shared-args.js';
import { validateOptions } from '../request/validate.js';
import { assertNoSecrets } from '../secrets/assert-no-secrets.js';
import { printableCommand } from '../secrets/redact.js';
import type { CommandOptions } from './command-options.js';
import type { Invocation, Invoke } from './invocation.js';

/** A command that is ready to be spawned. */
export interface PreparedCommand {
  readonly binary: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly runId: string;
  readonly stdin: string | undefined;
  readonly invocation: Invocation;
  /** The printable command line. */
  readonly command: string;
  readonly secrets: readonly string[];
  readonly isOutputSecret: boolean;
  /** Removed by `cleanUp`. */
  readonly temporary: readonly string[];
  cleanUp(): Promise<void>;
}

/**
 * Validates a request, resolves its binary, and creates its home and its folder. Errors: `RequestError`,
 * `CapabilityError`, `HomeError`, those of finding the CLI.
 */
export async function prepareCommand(options: CommandOptions, invoke: Invoke): Promise<PreparedCommand> {
  validateOptions(options);
  const runId = createRunId();
  const env = buildEnvironment(options, process.env, runId);
  const cli = {
    facts: async () => {
      const binary = resolveBinary(options);
      return commandCapabilities(probedSurface(binary)?.version?.version ?? (await versionOf(binary, env)));
    },
  };
  const invocation = await invoke(cli);
  if (options.signal?.aborted === true) throw new AbortError(options.signal.reason);
  const binary = resolveBinary(options);
  if (options.codexHome !== undefined) codexHome(options.codexHome).materialize(options.createHomeDirs);
  const argv = [...sharedArgs(options), ...(invocation.globals ?? []), ...invocation.args];
  const secrets = [...secretsOf(env), ...(invocation.secrets ?? [])];
  assertNoSecrets(argv, secretsOf(env));
  const isTemporary = invocation.cwd === 'temporary' && options.workingDirectory === undefined;
  const cwd = isTemporary ? createFolder(undefined, temporaryPath(runId)) : resolve(options.workingDirectory ?? '.');
  const temporary = isTemporary ? [cwd] : [];
  return {
    binary,
    argv,
    cwd,
    env,
    runId,
    stdin: invocation.stdin,
    invocation,
    command: printableCommand('codex', argv, secrets),
    secrets,
    isOutputSecret: invocation.isOutputSecret === true,
    temporary,
    cleanUp: async () => {
      await Promise.all(temporary.map(removeFolder));
    },
  };
}
