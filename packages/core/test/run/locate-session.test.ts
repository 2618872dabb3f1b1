import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryPath } from '../../src/process/temporary-folder.js';
import type { AnyRunRequest } from '../../src/request/types.js';
import { locateSession } from '../../src/run/locate-session.js';

const ID = '01a205c4-69f5-7682-91b9-0f9fa5d429a7';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-locate-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Creates a home with one session, and returns a request that resumes it. */
function homeOf(cwd: unknown): AnyRunRequest & { command: 'resume' } {
  const day = join(root, 'home', 'sessions', '2026', '11', '30');
  mkdirSync(day, { recursive: true });
  writeFileSync(
    join(day, `rollout-2026-11-30T10-00-00-${ID}.jsonl`),
    `${JSON.stringify({ timestamp: '2026-11-30T10:00:00Z', type: 'session_meta', payload: { id: ID, cwd } })}\n`,
  );
  writeFileSync(
    join(root, 'home', 'session_index.jsonl'),
    `${JSON.stringify({ id: ID, thread_name: 'my session' })}\n`,
  );
  return { command: 'resume', prompt: 'Continue.', session: ID, codexHome: join(root, 'home') };
}

describe('locateSession', () => {
  it.each([ID, ID.toUpperCase(), `urn:uuid:${ID}`, 'my session'])(
    'continues %s in the folder where the session began',
    async (session) => {
      const request = { ...homeOf(root), session };
      expect(await locateSession(request)).toEqual({ ...request, workingDirectory: root });
    },
  );

  it('does the same for a fork', async () => {
    expect(await locateSession({ ...homeOf(root), command: 'fork', session: ID })).toMatchObject({
      workingDirectory: root,
    });
  });

  it('rejects the last session of a home without sessions, and leaves the choice among sessions to the CLI', async () => {
    const request = { ...homeOf(root), session: { last: true as const, all: true } };
    expect(await locateSession(request)).toBe(request);
    const codexHome = join(root, 'empty');
    expect(await locateSession({ ...request, codexHome })).toMatchObject({ codexHome });
    mkdirSync(codexHome);
    await expect(locateSession({ ...request, codexHome })).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  it('keeps the folder of the request', async () => {
    const request = { ...homeOf(root), workingDirectory: '/elsewhere' };
    expect(await locateSession(request)).toBe(request);
  });

  it.each<[string, (path: string) => unknown]>([
    ['began in a folder of its own', () => join(temporaryPath(), 'work')],
    ['does not say where it began', () => undefined],
  ])('keeps a request without a folder if the session %s', async (_what, cwd) => {
    const request = homeOf(cwd(root));
    expect(await locateSession(request)).toBe(request);
  });

  it('keeps a request for a session without a rollout, which is for the CLI to report', async () => {
    const request: AnyRunRequest = { ...homeOf(root), command: 'fork', session: ID.replace('01', '02') };
    expect(await locateSession(request)).toBe(request);
  });

  it('keeps a request that does not continue a session', async () => {
    const { codexHome } = homeOf(root);
    const request: AnyRunRequest = { command: 'exec', prompt: 'Start.', codexHome };
    expect(await locateSession(request)).toBe(request);
  });

  it('rejects a session whose folder is gone', async () => {
    const gone = join(root, 'gone');
    await expect(locateSession(homeOf(gone))).rejects.toMatchObject({
      code: 'WORKING_DIRECTORY_NOT_FOUND',
      path: gone,
      message: `The session started in ${gone}, which is not a folder any more. Set "workingDirectory".`,
    });
  });

  it.each(['my sesion', 'My session', 'my session '])('rejects the unknown name %j', async (session) => {
    await expect(
      locateSession({ ...homeOf(root), command: 'resume', session, workingDirectory: root }),
    ).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
      session,
      startedThreadId: undefined,
      message: `There is no session ${JSON.stringify(session)}. Check its id or name and "codexHome", or set "onMissing" to "new".`,
    });
  });

  it('rejects each name in a home that does not exist', async () => {
    const request = { ...homeOf(root), codexHome: join(root, 'none'), session: 'my session' };
    await expect(locateSession(request)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });
});
