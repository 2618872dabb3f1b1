import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OutputError, SpawnError } from '../errors/index.js';
import { codexHome } from '../home/layout.js';
import { createFolder, removeFolder, temporaryPath } from '../process/temporary-folder.js';
import type { AnyRunRequest } from '../request/types.js';

const TEMPORARY_FOLDER_ADVICE = 'Set workingDirectory, or point TMPDIR to a folder that can be written to.';

/** The files and folders of one run. */
export interface Workspace {
  readonly cwd: string;
  readonly schemaPath: string | undefined;
  readonly lastMessagePath: string | undefined;
  /** Removed when the run is over. */
  readonly temporary: readonly string[];
}

/** Chooses the paths of a run. Nothing is created, so that arguments can be checked before anything exists. */
export function planWorkspace(request: AnyRunRequest, runId: string): Workspace {
  const { workingDirectory, outputSchema, outputLastMessage } = request;
  const hasTemporary = workingDirectory === undefined || typeof outputSchema === 'object';
  const temporary = hasTemporary ? temporaryPath(runId) : '';
  return {
    cwd: workingDirectory === undefined ? join(temporary, 'work') : resolve(workingDirectory),
    schemaPath:
      typeof outputSchema === 'object' ? join(temporary, 'schema.json') : outputSchema && resolve(outputSchema),
    lastMessagePath: outputLastMessage === undefined ? undefined : resolve(outputLastMessage),
    temporary: hasTemporary ? [temporary] : [],
  };
}

/**
 * Creates the files and folders of a run. Nothing temporary remains if it throws.
 *
 * @throws HomeError, OutputError, SpawnError (`TEMP_DIRECTORY_FAILED`)
 */
export function createWorkspace(request: AnyRunRequest, workspace: Workspace): void {
  if (request.codexHome !== undefined) codexHome(request.codexHome).materialize(request.createHomeDirs);
  if (workspace.lastMessagePath !== undefined) createParent(workspace.lastMessagePath);
  for (const folder of workspace.temporary) {
    createFolder(TEMPORARY_FOLDER_ADVICE, folder);
    try {
      if (request.workingDirectory === undefined) mkdirSync(workspace.cwd, { mode: 0o700 });
      if (typeof request.outputSchema === 'object' && workspace.schemaPath !== undefined)
        writeFileSync(workspace.schemaPath, JSON.stringify(request.outputSchema), { mode: 0o600 });
    } catch (error) {
      void removeWorkspace(workspace);
      const problem = `The temporary folder ${folder} cannot be written to.`;
      throw new SpawnError('TEMP_DIRECTORY_FAILED', folder, problem, error);
    }
  }
}

/** Never rejects. */
export async function removeWorkspace({ temporary }: Workspace): Promise<void> {
  await Promise.all(temporary.map(removeFolder));
}

/** Returns the text of the file at `lastMessagePath`, or `undefined` without such a file. */
export function readLastMessage({ lastMessagePath }: Workspace): string | undefined {
  try {
    return lastMessagePath === undefined ? undefined : readFileSync(lastMessagePath, 'utf8');
  } catch {
    return undefined;
  }
}

function createParent(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new OutputError('last-message', path, 'its folder cannot be created', error);
  }
}
