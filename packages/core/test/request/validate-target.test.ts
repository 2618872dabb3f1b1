import type { AnyRunRequest } from '../../src/request/types.js';
import { validateRequest } from '../../src/request/validate.js';

describe('options that not every run accepts', () => {
  it.each<[AnyRunRequest, string]>([
    [{ prompt: 'p', worktree: true }, 'worktree'],
    [{ command: 'resume', prompt: 'p', session: 's', workingDirectory: '/w', worktree: true }, 'worktree'],
    [{ prompt: 'p', trust: true }, 'trust'],
    [{ command: 'fork', session: 's', cyberAccessProgram: 'standard' }, 'cyberAccessProgram'],
    [
      { command: 'review', workingDirectory: '/w', target: { uncommitted: true }, cyberAccessProgram: 'standard' },
      'cyberAccessProgram',
    ],
  ])('reject %j', (request, field) => {
    expect(() => {
      validateRequest(request);
    }).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID', field }) as Error);
  });

  it.each<AnyRunRequest>([
    { prompt: 'p', workingDirectory: '/w', worktree: true, trust: true },
    { command: 'fork', session: 's', prompt: 'p', workingDirectory: '/w', worktree: true, cyberAccessProgram: 'x' },
  ])('accept %j', (request) => {
    expect(() => {
      validateRequest(request);
    }).not.toThrow();
  });
});
