import { existsSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { SpawnError } from '../errors/index.js';
import { listRollouts } from '../home/list-rollouts.js';
import { resolveHome } from '../home/resolve-home.js';
import { readSessionNames } from '../home/session-names.js';
import { sessionNotFound } from '../outcome/session-not-found.js';
import { isTemporaryWorkspace } from '../process/temporary-folder.js';
import type { AnyRunRequest } from '../request/types.js';
import { sessionFolder } from '../rollouts/session-folder.js';

/** The forms of a UUID that the CLI reads as an id. Any other session is a name. */
const ID = /^(?:urn:uuid:)?\{?([\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12})\}?$/i;

/**
 * Looks up the session of a request before a process is spawned: the CLI would start a new session for an unknown name.
 * Returns the request with the folder in which the session started, unless the request sets a folder.
 *
 * @throws SessionError (`SESSION_NOT_FOUND`) for an unknown name, and for the last session of a home without sessions
 * @throws SpawnError (`WORKING_DIRECTORY_NOT_FOUND`) if the folder does not exist any more
 */
export async function locateSession<R extends AnyRunRequest>(request: R): Promise<R> {
  const { command, workingDirectory } = request;
  if (command !== 'resume' && command !== 'fork') return request;
  // The session is on the server.
  if (request.remote !== undefined) return request;
  const { root } = resolveHome(request);
  if (typeof request.session !== 'string') {
    // The CLI decides which of several sessions is the last one.
    if (existsSync(root) && (await listRollouts(root, () => undefined)).length === 0) throw sessionNotFound('--last');
    return request;
  }
  const id = ID.exec(request.session)?.[1] ?? idOf(root, request.session);
  if (id === undefined) throw sessionNotFound(request.session);
  if (workingDirectory !== undefined) return request;
  const folder = await sessionFolder(root, id);
  // A session that started in a folder of its own continues in another one.
  if (folder === undefined || isTemporaryWorkspace(folder)) return request;
  assertFolder(folder);
  return { ...request, workingDirectory: folder };
}

/** Returns the id of the session that got a name last. */
function idOf(home: string, name: string): string | undefined {
  const names = readSessionNames(home, () => undefined);
  return [...names].filter(([, one]) => one === name).at(-1)?.[0];
}

function assertFolder(folder: string): void {
  const isFolder = isAbsolute(folder) && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) return;
  const problem = `The session started in ${folder}, which is not a folder any more. Set "workingDirectory".`;
  throw new SpawnError('WORKING_DIRECTORY_NOT_FOUND', folder, problem);
}
