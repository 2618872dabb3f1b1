import { RequestError } from '../errors/index.js';
import type { AnyRunRequest } from './types.js';

/** Checks options that the CLI rejects, or that make no sense, for some kinds of runs. @throws RequestError */
export function validateTarget(request: AnyRunRequest): void {
  const { command, workingDirectory, worktree, trust, cyberAccessProgram } = request;
  if (worktree === true && command === 'resume')
    throw new RequestError('worktree', 'cannot be used to resume a session, which has a folder. Use fork$.');
  if (worktree === true && workingDirectory === undefined)
    throw new RequestError('worktree', 'needs "workingDirectory", a folder of a Git repository. Set it.');
  if (trust === true && workingDirectory === undefined)
    throw new RequestError('trust', 'needs "workingDirectory", the folder of the project. Set it.');
  if (cyberAccessProgram === undefined) return;
  if (command === 'review') throw new RequestError('cyberAccessProgram', 'cannot be used for a review. Remove it.');
  if (command === 'fork' && request.prompt === undefined)
    throw new RequestError('cyberAccessProgram', 'needs a "prompt". Set it, or remove cyberAccessProgram.');
}
