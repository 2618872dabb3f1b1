import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OutputError, SpawnError } from '../errors/index.js';
import { codexHome } from '../home/layout.js';
import { createFolder, removeFolder } from '../process/temporary-folder.js';
import type { AnyRunRequest } from '../request/types.js';

const NO_FOLDER = 'Set workingDirectory, or point TMPDIR to a folder that can be written to.';

/** The files and folders of one run. */
export interface Workspace {
  readonly cwd: string;
  readonly schemaPath: string | undefined;
  readonly lastMessagePath: string | undefined;
  /** What is removed when the run is over. */
  readonly temporary: readonly string[];
  /** The file at `lastMessagePath`; `undefined` if there is none. */
  readLastMessage(): string | undefined;
  remove(): Promise<void>;
}

/** Creates what a run needs on disk. Errors: `HomeError`, `OutputError`, `SpawnError` (`TEMP_DIRECTORY_FAILED`); then nothing is left. */
export function prepareWorkspace(request: AnyRunRequest): Workspace {
  if (request.codexHome !== undefined) codexHome(request.codexHome).materialize(request.createHomeDirs);
  const lastMessagePath = preparePath(request.outputLastMessage);
  const schema = request.outputSchema;
  const isTemporary = request.workingDirectory === undefined || typeof schema === 'object';
  const folder = isTemporary ? createFolder(NO_FOLDER) : undefined;
  const cwd = request.workingDirectory === undefined ? join(folder ?? '', 'work') : resolve(request.workingDirectory);
  const schemaPath = typeof schema === 'object' ? join(folder ?? '', 'schema.json') : schema;
  const temporary = folder === undefined ? [] : [folder];
  const remove = async (): Promise<void> => {
    for (const path of temporary) await removeFolder(path);
  };
  if (folder !== undefined) {
    try {
      if (request.workingDirectory === undefined) mkdirSync(cwd, { mode: 0o700 });
      if (typeof schema === 'object' && schemaPath !== undefined)
        writeFileSync(schemaPath, JSON.stringify(schema), { mode: 0o600 });
    } catch (error) {
      void remove();
      throw new SpawnError(
        'TEMP_DIRECTORY_FAILED',
        folder,
        `The temporary folder ${folder} cannot be written to.`,
        error,
      );
    }
  }
  return {
    cwd,
    schemaPath: schemaPath === undefined ? undefined : resolve(schemaPath),
    lastMessagePath,
    temporary,
    readLastMessage: () => (lastMessagePath === undefined ? undefined : readText(lastMessagePath)),
    remove,
  };
}

function preparePath(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const absolute = resolve(path);
  try {
    mkdirSync(dirname(absolute), { recursive: true });
  } catch (error) {
    throw new OutputError('last-message', absolute, 'its folder cannot be created', error);
  }
  return absolute;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
