import type { AnyRunRequest, ExecRequest } from '../../src/request/types.js';
import { validateRequest } from '../../src/request/validate.js';

const remote = 'ws://127.0.0.1:4500';
const check = (request: Partial<ExecRequest> & Partial<AnyRunRequest>) => () => {
  validateRequest({ prompt: 'p', remote, ...request } as AnyRunRequest);
};
const invalid = (field: string): Error => expect.objectContaining({ code: 'REQUEST_INVALID', field }) as Error;

describe('remote', () => {
  it.each<Partial<ExecRequest> & Partial<AnyRunRequest>>([
    {},
    { remote: 'wss://host/path' },
    { remote: 'unix:///run/codex.sock' },
    { remoteAuthTokenEnv: 'SERVER_TOKEN' },
    { command: 'resume', session: '01a22f77-4344-7302-83af-974415e48c06' },
    { outputLastMessage: '/tmp/x', eventLog: '/tmp/y', color: 'never', timeout: 1, skipGitRepoCheck: false },
    { enable: [], search: false, safety: 'inherit' },
  ])('accepts %j', (request) => {
    expect(check(request)).not.toThrow();
  });

  it.each<[Partial<ExecRequest> & Partial<AnyRunRequest>, string]>([
    [{ remote: 'http://host' }, 'remote'],
    [{ remote: 'host:1' }, 'remote'],
    [{ remote: 'ws://user:password@host' }, 'remote'],
    [{ remote: 'ws://host?token=abcdef' }, 'remote'],
    [{ remoteAuthTokenEnv: 'not a name' }, 'remoteAuthTokenEnv'],
    [{ remote: undefined, remoteAuthTokenEnv: 'SERVER_TOKEN' }, 'remoteAuthTokenEnv'],
    [{ command: 'fork', session: 's' }, 'remote'],
    [{ command: 'resume', session: 'a name' }, 'session'],
    [{ command: 'resume', session: { last: true, all: true } }, 'session'],
    [{ model: 'm' }, 'model'],
    [{ sandbox: 'read-only' }, 'sandbox'],
    [{ workingDirectory: '/w' }, 'workingDirectory'],
    [{ outputSchema: {} }, 'outputSchema'],
    [{ ephemeral: true }, 'ephemeral'],
    [{ config: { a: 1 } }, 'config'],
    [{ extraArgs: ['--x'] }, 'extraArgs'],
  ])('rejects %j', (request, field) => {
    expect(check(request)).toThrow(invalid(field));
  });
});
