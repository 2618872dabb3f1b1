import { versionOf } from '../binary/probe-version.js';
import { probedSurface } from '../binary/probed-surfaces.js';
import { locateBinary } from '../binary/resolve.js';
import { buildEnvironment, secretsOf } from '../process/environment.js';
import { createRunId } from '../process/run-id.js';
import { buildArgv, needsVersion } from '../request/argv.js';
import { checkFile, checkImageFiles } from '../request/check-file.js';
import { cliCapabilities } from '../request/cli-capabilities.js';
import type { AnyRunRequest } from '../request/types.js';
import { assertNoSecrets } from '../secrets/assert-no-secrets.js';
import { printableCommand } from '../secrets/redact.js';
import type { ToolHost } from '../tools/host/tool-host.js';
import { guardPaths } from './guard-paths.js';
import { locateSession } from './locate-session.js';
import { openToolHost } from './open-tool-host.js';
import { ownArgv } from './own-argv.js';
import { createWorkspace, planWorkspace, removeWorkspace, type Workspace } from './workspace.js';

/** Everything that is needed to spawn the process of a run. */
export interface PreparedRun {
  readonly runId: string;
  readonly binary: string;
  readonly argv: readonly string[];
  /** Written to standard input. */
  readonly stdin: string | undefined;
  /** Notices about options that this CLI version does not support and that were left out. */
  readonly notices: readonly string[];
  readonly env: Record<string, string>;
  readonly workspace: Workspace;
  /** The server of the request's tools. */
  readonly toolHost?: ToolHost | undefined;
  /** The printable command line, redacted. */
  readonly command: string;
  /** Time just before the process is spawned, in ms since 1970. */
  readonly preparedAt: number;
}

/**
 * Finds the session, checks the images, resolves the binary, checks that the agent cannot replace files of the host,
 * reads the version of the CLI if the request depends on it, opens the server of the tools, builds the arguments
 * and then creates the workspace. Leaves no files and no server if it rejects.
 *
 * @param abandoned resolves if the run is no longer wanted
 */
export async function prepareRun(unlocated: AnyRunRequest, abandoned: Promise<unknown>): Promise<PreparedRun> {
  const request = await locateSession(unlocated);
  checkImageFiles(request);
  if (typeof request.outputSchema === 'string') checkFile('outputSchema', request.outputSchema);
  const runId = createRunId();
  const location = locateBinary(request);
  const binary = location.path;
  const baseEnv = buildEnvironment(request, process.env, runId);
  guardPaths(request, { binary: location, home: baseEnv.CODEX_HOME });
  const own = ownArgv(request);
  const isVersioned = own === undefined && needsVersion(request);
  const surface = request.capabilities ?? probedSurface(binary);
  const cli = isVersioned ? (surface ?? (await versionOf(binary, baseEnv, abandoned))) : undefined;
  const capabilities = cliCapabilities(cli);
  const workspace = planWorkspace(request, runId);
  const { schemaPath: outputSchemaPath, privateMessagePath: lastMessagePath, imagePaths, isIsolated } = workspace;
  const paths = { outputSchemaPath, lastMessagePath, imagePaths };
  const toolHost = own === undefined ? await openToolHost(request) : undefined;
  try {
    const toolsConfig = toolHost?.settings;
    const { argv, notices } =
      own === undefined
        ? buildArgv(request, { capabilities, ...paths, isIsolated, toolsConfig })
        : { argv: own({ outputSchemaPath }), notices: [] };
    const env = { ...baseEnv, ...toolHost?.environment(baseEnv) };
    const secrets = secretsOf(env);
    assertNoSecrets(argv, secrets);
    const command = printableCommand(binary, argv, secrets);
    createWorkspace(request, workspace);
    const planned = { runId, binary, argv, stdin: stdinOf(request), notices, env, workspace, toolHost, command };
    return { ...planned, preparedAt: Date.now() };
  } catch (error) {
    await toolHost?.close();
    throw error;
  }
}

/** Frees what the preparation has opened, for a run without a process. Never rejects. */
export async function discardRun({ workspace, toolHost }: PreparedRun): Promise<void> {
  await Promise.all([removeWorkspace(workspace), toolHost?.close()]);
}

function stdinOf(request: AnyRunRequest): string | undefined {
  if (request.command !== 'review') return request.prompt;
  return 'prompt' in request.target ? request.target.prompt : undefined;
}
