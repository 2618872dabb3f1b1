import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type RunPlan, rejectUnavailable, toRunPlan } from '../app-server/runs/run-plan.js';
import type { AppServerOptions, ConnectOptions } from '../app-server/server/options.js';
import { ServerHub } from '../app-server/server/server-hub.js';
import { binaryFingerprint } from '../binary/binary-fingerprint.js';
import { fileFingerprint } from '../binary/fingerprint.js';
import { locateBinary } from '../binary/resolve.js';
import { RequestError } from '../errors/index.js';
import { resolveHome } from '../home/resolve-home.js';
import { buildEnvironment, secretsOf } from '../process/environment.js';
import { trackFolders } from '../process/live-runs.js';
import { createRunId, RUN_ID_VARIABLE } from '../process/run-id.js';
import { checkImageFiles } from '../request/check-file.js';
import { ISOLATED_CONFIG } from '../request/isolated-config.js';
import type { AnyRunRequest } from '../request/types.js';
import { validateRequest } from '../request/validate.js';
import { guardPaths } from '../run/guard-paths.js';
import { locateSession } from '../run/locate-session.js';
import type { PreparedRun } from '../run/prepare-run.js';
import { createWorkspace, planWorkspace, removeWorkspace } from '../run/workspace.js';
import { printableCommand } from '../secrets/redact.js';
import type { EngineConnectOptions, EngineOptions } from './options.js';
import type { ServerSpec } from './server-pool.js';

/** A run on a server, before anything is sent. */
export interface WarmPlan {
  readonly prepared: PreparedRun;
  /** The request as the server gets it. */
  readonly request: AnyRunRequest;
  /** The thread and the turn of the request. */
  readonly turn: RunPlan;
  readonly server: AppServerOptions;
  readonly spec: ServerSpec<ServerHub>;
  /** The server belongs to this host. */
  readonly isLocal: boolean;
  /** The working directory, or the folder on the server if the request names it. */
  readonly cwd: string;
  /** A thread in a folder of its own fits no other run. */
  readonly canUseSpare: boolean;
  /** The folders of the run are removed when the host exits. Undoes it. */
  readonly untrack: () => void;
}

/** Files of the home that a server reads when it starts. */
const HOME_FILES = ['auth.json', 'config.toml', '.env'];
const MEDIA_TYPES: Readonly<Record<string, string>> = { '.jpg': 'image/jpeg', '.svg': 'image/svg+xml' };

/**
 * Checks a request as a run over `codex exec` does, finds its session and its binary, and creates its workspace. Leaves
 * no files if it rejects.
 */
export async function planWarmRun(unlocated: AnyRunRequest, engine: EngineOptions): Promise<WarmPlan> {
  // With a handler, a run may ask.
  validateRequest(engine.approvals === undefined ? unlocated : { ...unlocated, approvalPolicy: undefined });
  rejectUnavailable(forServer(unlocated, engine), processOptions(unlocated, engine));
  const isLocal = engine.connect === undefined;
  const request = isLocal ? await locateSession(unlocated) : unlocated;
  checkImageFiles(request);
  const runId = createRunId();
  const env = buildEnvironment(request, process.env, runId);
  const location = isLocal ? locateBinary(request) : undefined;
  if (location === undefined) assertFolder(request);
  else guardPaths(request, { binary: location, home: env.CODEX_HOME });
  const binary = location?.path ?? 'codex';
  const { codexHome, createHomeDirs, outputLastMessage, outputSchema, workingDirectory, images, config } = request;
  const files = {
    ...{ prompt: '-', codexHome, createHomeDirs, outputLastMessage },
    workingDirectory: isLocal ? workingDirectory : (workingDirectory ?? '.'),
    outputSchema: typeof outputSchema === 'string' ? outputSchema : undefined,
  };
  const workspace = planWorkspace(files, runId);
  const argv = ['app-server'];
  const command = printableCommand(binary, argv, secretsOf(env));
  const sent = forServer(
    {
      ...request,
      images: isLocal ? images : images?.map(readImage),
      workingDirectory: isLocal ? workspace.cwd : workingDirectory,
      config: workspace.isIsolated ? { ...ISOLATED_CONFIG, ...config } : config,
    },
    engine,
  );
  const turn = toRunPlan(sent);
  const server = processOptions(request, engine);
  createWorkspace(files, workspace);
  return {
    prepared: { runId, binary, argv, stdin: undefined, notices: [], env, workspace, command, preparedAt: Date.now() },
    ...{ request: sent, turn, server, spec: serverSpec(server, { engine, binary, env }) },
    ...{ isLocal, cwd: isLocal ? workspace.cwd : (workingDirectory ?? '.') },
    canUseSpare: !workspace.isIsolated,
    untrack: trackFolders({ id: runId, paths: workspace.temporary }),
  };
}

/** Removes the files of a run. Never rejects. */
export async function removeWarmPlan({ prepared: { workspace }, untrack }: WarmPlan): Promise<void> {
  if (await removeWorkspace(workspace)) untrack();
}

/** The options of the process of the server. Those of a request for a running server are rejected. */
function processOptions(request: AnyRunRequest, { connect, approvals }: EngineOptions): AppServerOptions {
  const { terminateGrace } = request;
  if (connect !== undefined) return { approvals, terminateGrace };
  const { binary, codexHome, createHomeDirs, env, inheritEnv } = request;
  return { approvals, terminateGrace, binary, codexHome, createHomeDirs, env, inheritEnv };
}

/** Removes the options that the engine implements itself. */
function forServer(request: AnyRunRequest, { connect }: EngineOptions): AnyRunRequest {
  const own: AnyRunRequest = {
    ...request,
    ...{ eventLog: undefined, lines: undefined, paused$: undefined, outputLastMessage: undefined },
    ...{ receivedAt: undefined, mirrorStdout: undefined, capabilities: undefined, signal: undefined, timeout: 0 },
  };
  if (connect !== undefined) return own;
  return {
    ...own,
    ...{ binary: undefined, codexHome: undefined, createHomeDirs: undefined, env: undefined, inheritEnv: undefined },
  };
}

function assertFolder({ command, workingDirectory }: AnyRunRequest): void {
  if (workingDirectory === undefined && command !== 'resume' && command !== 'fork')
    throw new RequestError('workingDirectory', 'must be set with "connect": a folder on the machine of the server.');
}

function serverSpec(
  server: AppServerOptions,
  {
    engine: { connect },
    binary,
    env,
  }: { readonly engine: EngineOptions; readonly binary: string; readonly env: PreparedRun['env'] },
): ServerSpec<ServerHub> {
  const open = async (signal: AbortSignal): Promise<ServerHub> => {
    const hub = new ServerHub(connect === undefined ? server : { ...server, connect: connectOptions(connect) });
    await hub.open(signal);
    return hub;
  };
  if (connect !== undefined) return { id: '', version: () => '', open };
  const shared = Object.entries(env).filter(([name]) => name !== RUN_ID_VARIABLE);
  const { root } = resolveHome({ env, inheritEnv: false });
  const files = HOME_FILES.map((name) => join(root, name));
  return {
    id: JSON.stringify([binary, shared.sort()]),
    version: () => JSON.stringify([binaryFingerprint(binary), files.map(stateOf)]),
    open,
  };
}

/** Treats a file that cannot be inspected as a missing file. */
function stateOf(path: string): string | undefined {
  try {
    return fileFingerprint(path);
  } catch {
    return undefined;
  }
}

function connectOptions(connect: EngineConnectOptions): ConnectOptions {
  return connect.transport === undefined ? connect : { transport: connect.transport() };
}

/** The server may not see the files of this host. */
function readImage(image: NonNullable<AnyRunRequest['images']>[number]) {
  if (typeof image !== 'string') return image;
  const extension = extname(image).toLowerCase();
  return { data: readFileSync(image), mediaType: MEDIA_TYPES[extension] ?? `image/${extension.slice(1)}` };
}
