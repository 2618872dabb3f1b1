import { resolve } from 'node:path';
import { versionOf } from '../binary/probe-version.js';
import { resolveBinary } from '../binary/resolve.js';
import type { Child } from '../process/child.js';
import { spawnChild } from '../process/child.js';
import { buildEnvironment, secretsOf } from '../process/environment.js';
import { trackRun } from '../process/live-runs.js';
import { createRunId } from '../process/run-id.js';
import { buildArgv, needsVersion } from '../request/argv.js';
import { checkFile } from '../request/check-file.js';
import { cliCapabilities } from '../request/cli-capabilities.js';
import type { AnyRunRequest } from '../request/types.js';
import { assertOutsideWorkspace } from '../request/writable-folders.js';
import { assertNoSecrets } from '../secrets/assert-no-secrets.js';
import { printableCommand, redactText } from '../secrets/redact.js';
import { prepareWorkspace, type Workspace } from './workspace.js';

/** A request that is ready to be spawned: everything that can be wrong with it by itself is checked. */
export interface PreparedRun {
  readonly runId: string;
  readonly binary: string;
  readonly argv: readonly string[];
  /** Options that were left out for this CLI version. */
  readonly notices: readonly string[];
  readonly env: Record<string, string>;
  readonly workspace: Workspace;
  /** Printable, redacted. */
  readonly command: string;
}

/**
 * Resolves the binary, asks for its version if the request depends on it, prepares files. Leaves nothing behind if it rejects.
 *
 * @param abandoned settles if the run is not wanted any more
 */
export async function prepareRun(request: AnyRunRequest, abandoned: Promise<unknown>): Promise<PreparedRun> {
  // The CLI would run without it, and say so to the model only.
  request.images?.forEach((path, index) => {
    checkFile(`images[${String(index)}]`, path);
  });
  const runId = createRunId();
  const binary = resolveBinary(request);
  assertOutsideWorkspace(request, 'binary', binary);
  const env = buildEnvironment(request, process.env, runId);
  if (env.CODEX_HOME)
    assertOutsideWorkspace(request, 'codexHome', resolve(request.workingDirectory ?? '.', env.CODEX_HOME));
  const capabilities = cliCapabilities(needsVersion(request) ? await versionOf(binary, env, abandoned) : undefined);
  // Checks what this version can do before anything is created.
  assertNoSecrets(buildArgv(request, { capabilities }).argv, secretsOf(env));
  const workspace = prepareWorkspace(request);
  const { argv, notices } = buildArgv(request, {
    capabilities,
    outputSchemaPath: workspace.schemaPath,
    lastMessagePath: workspace.lastMessagePath,
  });
  const command = redactText(printableCommand(binary, argv), secretsOf(env));
  return { runId, binary, argv, notices, env, workspace, command };
}

export interface Launched {
  readonly child: Child;
  /** Milliseconds since 1970, just before the process was started. */
  readonly spawnedAt: number;
  /** Frees the host from the run. */
  untrack(): void;
}

export async function launch(request: AnyRunRequest, preparation: PreparedRun): Promise<Launched> {
  const { runId, binary, argv, env, workspace } = preparation;
  let untrack: () => void = () => undefined;
  const spawnedAt = Date.now();
  const child = await spawnChild(
    { binary, argv, env, cwd: workspace.cwd, stdin: promptOf(request), runId },
    (started) => {
      untrack = trackRun({ id: runId, child: started, paths: workspace.temporary });
    },
  );
  return { child, spawnedAt, untrack };
}

/** What the CLI reads from standard input. */
function promptOf(request: AnyRunRequest): string | undefined {
  if (request.command !== 'review') return request.prompt;
  return 'prompt' in request.target ? request.target.prompt : undefined;
}
