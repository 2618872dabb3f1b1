import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exec$, fork$, resume$, type ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { resolveBinary } from '../../src/binary/resolve.js';
import { type Session, sessions$ } from '../../src/sessions/sessions.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-sessions-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const binary = resolveBinary();
const list = ({ options }: ScriptedModel): Promise<Session[]> => lastValueFrom(sessions$(options).pipe(toArray()));
const threadOf = async (run$: Observable<ThreadEvent>): Promise<string> =>
  (await lastValueFrom(run$.pipe(toArray())))[0]?.thread_id ?? '';
const environmentOf = ({ options }: ScriptedModel) => ({
  ...process.env,
  ...options.env,
  CODEX_HOME: options.codexHome,
});

/** Only a server can name a session. */
async function nameSession(scripted: ScriptedModel, threadId: string, name: string): Promise<void> {
  const server = spawn(binary, ['app-server'], { env: environmentOf(scripted), stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = once(server, 'exit');
  const send = (message: object) => server.stdin.write(`${JSON.stringify(message)}\n`);
  send({ id: 1, method: 'initialize', params: { clientInfo: { name: 'test', title: 'test', version: '1' } } });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const { id } = JSON.parse(line) as { id?: number };
      if (id === 2) break;
      if (id !== 1) continue;
      send({ method: 'initialized' });
      send({ id: 2, method: 'thread/name/set', params: { threadId, name } });
    }
  } finally {
    server.stdin.end();
    await exited;
  }
}

describe('sessions$ after runs of the CLI', () => {
  it('emits them with their folders and first prompts, forks included', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.'), model.say('Three.')]);
    mkdirSync(join(folder, 'a'));
    const first = await threadOf(
      exec$({ ...scripted.options, workingDirectory: join(folder, 'a'), prompt: 'The first\nprompt.' }),
    );
    await threadOf(resume$({ ...scripted.options, workingDirectory: folder, session: first, prompt: 'More.' }));
    const fork = await threadOf(
      fork$({ ...scripted.options, workingDirectory: folder, session: first, prompt: 'Forked.' }),
    );
    const sessions = await list(scripted);
    expect(sessions).toHaveLength(2);
    expect(sessions.find(({ id }) => id === first)).toMatchObject({
      name: undefined,
      folder: join(folder, 'a'),
      firstPrompt: 'The first\nprompt.',
      archived: false,
      forkedFrom: undefined,
    });
    expect(sessions.find(({ id }) => id === fork)).toMatchObject({ folder, forkedFrom: first });
  });

  it('emits the name of a session, for resume$ and fork$, and archived sessions', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.'), model.say('Three.')]);
    const options = { ...scripted.options, workingDirectory: folder };
    const session = await threadOf(exec$({ ...options, prompt: 'First.' }));
    await nameSession(scripted, session, 'the big one');
    expect(await list(scripted)).toMatchObject([{ id: session, name: 'the big one', archived: false }]);

    const resumed = await lastValueFrom(
      resume$({ ...options, session: 'the big one', prompt: 'Second.' }).pipe(toArray()),
    );
    expect(resumed[0]).toMatchObject({ type: 'thread.started', thread_id: session, resumed: true });

    const fork = await threadOf(fork$({ ...options, session: 'the big one', prompt: 'Forked.' }));
    expect((await list(scripted)).find(({ id }) => id === fork)).toMatchObject({
      // The CLI gives a fork the name, too.
      name: 'the big one',
      forkedFrom: session,
    });

    execFileSync(binary, ['archive', session], { env: environmentOf(scripted), stdio: 'pipe' });
    const archived = (await list(scripted)).find(({ id }) => id === session);
    expect(archived).toMatchObject({ id: session, name: 'the big one', archived: true, firstPrompt: 'First.' });
    expect(readFileSync(archived?.path ?? '', 'utf8')).toContain('Second.');
    await expect(threadOf(resume$({ ...options, session, prompt: 'Third.' }))).rejects.toMatchObject({
      code: 'SESSION_ARCHIVED',
    });
  });
});

describe('a prompt that is longer than the CLI takes', () => {
  it('is an ExitError of the category input_too_large, without a request to the model', async () => {
    await using scripted = await openScriptedModel([]);
    const prompt = 'x'.repeat(1_100_000);
    await expect(threadOf(exec$({ ...scripted.options, prompt }))).rejects.toMatchObject({
      code: 'EXIT',
      category: 'input_too_large',
    });
    expect(scripted.requests).toEqual([]);
  });
});
