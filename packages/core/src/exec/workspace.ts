import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { HomeError, OutputError, SpawnError } from '../errors/index.js';
import { warnCleanup } from '../process/warn.js';
import type { AnyRunRequest } from '../request/types.js';

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
  prepareHome(request);
  const lastMessagePath = preparePath(request.outputLastMessage);
  const schema = request.outputSchema;
  const isTemporary = request.workingDirectory === undefined || typeof schema === 'object';
  const folder = isTemporary ? createFolder() : undefined;
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

/** The three folders that the crate creates, private: a home holds credentials. */
function prepareHome({ codexHome, createHomeDirs }: AnyRunRequest): void {
  if (codexHome === undefined || createHomeDirs === false) return;
  const root = resolve(codexHome);
  for (const path of [root, join(root, 'conversations'), join(root, 'logs')]) {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new HomeError(path, 'cannot be created. Choose another codexHome, or set createHomeDirs: false.', error);
    }
  }
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

function createFolder(): string {
  const parent = tmpdir();
  try {
    return mkdtempSync(join(parent, 'codex-rx-'));
  } catch (error) {
    const problem = `No temporary folder can be created in ${parent}. Set workingDirectory, or point TMPDIR to a folder that can be written to.`;
    throw new SpawnError('TEMP_DIRECTORY_FAILED', parent, problem, error);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** What is still being written to may need a second try. */
async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    warnCleanup(`could not remove ${path}`, error);
  }
}
