import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OutputError, SpawnError } from '../errors/index.js';
import { codexHome } from '../home/layout.js';
import { removeFolder } from '../process/remove-folder.js';
import { createFolder as createTemporaryFolder, temporaryPath, WORK_FOLDER } from '../process/temporary-folder.js';
import { toJsonSchema } from '../request/output-schema.js';
import type { AnyRunRequest, ImageData } from '../request/types.js';
import { createFolder } from '../util/create-folder.js';
import { assertReplaceable } from './last-message.js';

const TEMPORARY_FOLDER_ADVICE = 'Set workingDirectory, or point TMPDIR to a folder that can be written to.';

/** The files and folders of one run. */
export interface Workspace {
  readonly cwd: string;
  /** Whether `cwd` belongs to this run alone. */
  readonly isIsolated: boolean;
  readonly schemaPath: string | undefined;
  /** The files of the images, in their order. */
  readonly imagePaths: readonly string[];
  /** The file of the request, to which the final message is copied. */
  readonly lastMessagePath: string | undefined;
  /** The file to which the CLI writes the final message, outside the folders that the sandbox makes writable. */
  readonly privateMessagePath: string | undefined;
  /** Removed when the run is over. */
  readonly temporary: readonly string[];
}

/** Chooses the paths of a run. Creates no file, so that arguments can be checked before anything exists. */
export function planWorkspace(request: AnyRunRequest, runId: string): Workspace {
  const { workingDirectory, outputSchema, outputLastMessage, images = [] } = request;
  const isIsolated = workingDirectory === undefined;
  const hasImageData = images.some((image) => typeof image !== 'string');
  const hasTemporary = isIsolated || hasSchemaObject(request) || hasImageData || outputLastMessage !== undefined;
  const temporary = hasTemporary ? temporaryPath(runId) : '';
  return {
    cwd: isIsolated ? join(temporary, WORK_FOLDER) : resolve(workingDirectory),
    isIsolated,
    schemaPath: hasSchemaObject(request)
      ? join(temporary, 'schema.json')
      : typeof outputSchema === 'string'
        ? resolve(outputSchema)
        : undefined,
    imagePaths: images.map((image, index) =>
      typeof image === 'string' ? resolve(image) : join(temporary, `image-${String(index)}.${extensionOf(image)}`),
    ),
    lastMessagePath: outputLastMessage === undefined ? undefined : resolve(outputLastMessage),
    privateMessagePath: outputLastMessage === undefined ? undefined : join(temporary, 'last-message.txt'),
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
  if (workspace.lastMessagePath !== undefined) prepareLastMessage(workspace.lastMessagePath);
  for (const folder of workspace.temporary) {
    createTemporaryFolder(TEMPORARY_FOLDER_ADVICE, folder);
    try {
      if (workspace.isIsolated) mkdirSync(workspace.cwd, { mode: 0o700 });
      if (hasSchemaObject(request) && workspace.schemaPath !== undefined) {
        const schema = toJsonSchema('outputSchema', request.outputSchema);
        writeFileSync(workspace.schemaPath, JSON.stringify(schema), { mode: 0o600, flag: 'wx' });
      }
      for (const [index, image] of (request.images ?? []).entries()) {
        const path = workspace.imagePaths[index];
        if (typeof image !== 'string' && path !== undefined)
          writeFileSync(path, image.data, { mode: 0o600, flag: 'wx' });
      }
    } catch (error) {
      void removeWorkspace(workspace);
      const problem = `The temporary folder ${folder} cannot be written to.`;
      throw new SpawnError('TEMP_DIRECTORY_FAILED', folder, problem, error);
    }
  }
}

/** Returns the extension of an image file: `jpeg` for `image/jpeg`, `svg` for `image/svg+xml`. */
function extensionOf({ mediaType }: ImageData): string {
  return /^image\/([a-z0-9]+)/i.exec(mediaType)?.[1]?.toLowerCase() ?? 'bin';
}

/** Whether the schema is not the path of a file. */
function hasSchemaObject({ outputSchema }: AnyRunRequest): boolean {
  return outputSchema !== undefined && typeof outputSchema !== 'string';
}

/** Returns whether the temporary folders do not exist any more. Never rejects. */
export async function removeWorkspace({ temporary }: Workspace): Promise<boolean> {
  return (await Promise.all(temporary.map(removeFolder))).every(Boolean);
}

function prepareLastMessage(path: string): void {
  try {
    createFolder(dirname(path));
  } catch (error) {
    throw new OutputError('last-message', path, 'its folder cannot be created', error);
  }
  assertReplaceable(path);
}
