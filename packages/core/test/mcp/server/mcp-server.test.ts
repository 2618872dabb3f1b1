import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { type CodexCall, type CodexMcpServerOptions, mcpServer$, openMcpServer } from '@codex-rx/core/mcp';
import { openFakeCodex } from '@codex-rx/testing';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, NEVER, of, throwError, toArray } from 'rxjs';
import { typesOf } from '../../app-server/project.js';
import { temporaryFolder } from '../../reading/temporary.js';

const folder = temporaryFolder();
const program = join(__dirname, '..', '..', 'programs', 'codex-mcp-server.cjs');
let binaries = 0;

/** A stand-in for `codex mcp-server` of CLI 0.150.1 with a behavior, and a file for the answers that it received. */
function fake(mode: string): CodexMcpServerOptions & { readonly answers: string } {
  const binary = join(folder.path, `codex-${String(binaries++)}`);
  const answers = `${binary}.answers`;
  writeFileSync(binary, `#!/bin/sh\nexec "${process.execPath}" "${program}" ${mode} "${answers}" "$@"\n`, {
    mode: 0o755,
  });
  return { binary, answers, terminateGrace: 300 };
}
const options = ({ binary, terminateGrace }: ReturnType<typeof fake>): CodexMcpServerOptions => ({
  binary,
  terminateGrace,
});
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const request: CodexCall = { prompt: 'Work.', sandbox: 'read-only' };
const answersOf = (path: string): unknown[] =>
  (existsSync(path) ? readFileSync(path, 'utf8') : '')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

describe('a CLI without mcp-server', () => {
  it('is a CapabilityError of the pinned CLI, and nothing is started', async () => {
    expect(await errorOf(openMcpServer())).toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      option: 'mcpServer$',
      message: expect.stringContaining('removed after CLI 0.153') as string,
    });
  });

  it.each(['0.154.0', '0.155.1', '1.0.0'])(
    'is a CapabilityError of version %s, and no server is started',
    async (version) => {
      await using cli = await openFakeCodex({
        cases: [{ argv: ['--version'], steps: [{ line: `codex-cli ${version}` }] }],
      });
      expect(await errorOf(firstValueFrom(mcpServer$(cli.options)))).toMatchObject({
        code: 'CAPABILITY_UNSUPPORTED',
        version,
      });
      expect(cli.invocations().filter(({ argv }) => argv.includes('mcp-server'))).toEqual([]);
    },
  );
});

describe('a request for approval', () => {
  it.each([
    ['accept', { action: 'accept', content: {}, decision: 'approved' }],
    ['acceptForSession', { action: 'accept', content: {}, decision: 'approved_for_session' }],
    ['decline', { action: 'decline', content: {}, decision: 'denied' }],
    ['cancel', { action: 'cancel', content: {}, decision: 'abort' }],
  ] as const)('is answered with the decision that the CLI reads: %s', async (decision, answer) => {
    const cli = fake('approval');
    const asked: unknown[] = [];
    await using server = await openMcpServer({
      ...options(cli),
      approvals: (approval, { threadId, turnId }) => {
        asked.push({ ...approval, raw: undefined }, threadId, turnId);
        return of(decision);
      },
    });
    const events = await firstValueFrom(server.codex$(request).pipe(toArray()));
    expect(typesOf(events)).toEqual(['thread.started', 'turn.started', 'turn.completed']);
    expect(answersOf(cli.answers)).toEqual([answer]);
    expect(asked).toEqual([
      {
        kind: 'command',
        itemId: 'call_1',
        command: "/bin/bash -lc 'echo one'",
        cwd: '/work',
        reason: 'Because.',
        actions: [{ type: 'listFiles' }],
        proposedExecPolicyAmendment: undefined,
        raw: undefined,
      },
      'thread-1',
      'turn-1',
    ]);
  });

  it.each([
    ['no handler', undefined],
    ['a handler that fails', () => throwError(() => new Error('no'))],
    [
      'a handler that throws',
      () => {
        throw new Error('no');
      },
    ],
    ['an unknown decision', () => of('yes' as 'accept')],
  ] as const)('is declined with a notice by %s', async (_name, approvals) => {
    const cli = fake('approval');
    await using server = await openMcpServer({ ...options(cli), approvals });
    const events = await firstValueFrom(server.codex$(request).pipe(toArray()));
    expect(answersOf(cli.answers)).toEqual([{ action: 'decline', content: {}, decision: 'denied' }]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'error', code: 'approval_declined', thread_id: 'thread-1' }),
    );
  });

  it('of another kind is declined, a ping is answered, and an unknown request is rejected', async () => {
    const cli = fake('questions');
    await using server = await openMcpServer({ ...options(cli), approvals: () => of('accept') });
    await firstValueFrom(server.codex$(request).pipe(toArray()));
    expect(answersOf(cli.answers)).toEqual([
      { action: 'decline', content: {}, decision: 'denied' },
      {},
      { code: -32601, message: 'method not found: roots/list' },
    ]);
  });
});

describe('a call', () => {
  it('is cancelled when it is unsubscribed, and its open request for approval, too', async () => {
    const cli = fake('cancel');
    await using server = await openMcpServer({ ...options(cli), approvals: () => NEVER });
    const types: string[] = [];
    const subscription = server.codex$(request).subscribe(({ type }) => types.push(type));
    await waitUntil(() => types.includes('turn.started'));
    subscription.unsubscribe();
    await waitUntil(() => answersOf(cli.answers).length === 2);
    expect(answersOf(cli.answers)).toEqual([{ action: 'cancel', content: {}, decision: 'abort' }, { cancelled: true }]);
    expect(isAlive(server.info.pid ?? 0)).toBe(true);
  });

  it('that does not end when it is cancelled takes the server with it', async () => {
    const server = await openMcpServer(options(fake('hang')));
    const { pid = 0 } = server.info;
    const error = await errorOf(firstValueFrom(server.codex$({ ...request, timeout: 200 }).pipe(toArray())));
    expect(error).toMatchObject({ code: 'RUN_TIMEOUT' });
    await whenIdle();
    expect(isAlive(pid)).toBe(false);
  });

  it('errors when its signal is aborted', async () => {
    await using server = await openMcpServer({ ...options(fake('cancel')), approvals: () => NEVER });
    const controller = new AbortController();
    const failed = errorOf(firstValueFrom(server.codex$({ ...request, signal: controller.signal }).pipe(toArray())));
    controller.abort();
    expect(await failed).toMatchObject({ code: 'ABORT_ERR' });
  });

  it.each([
    ['prompt', { prompt: ' ' }],
    ['workingDirectory', { prompt: 'p', workingDirectory: '~/x' }],
    ['images', { prompt: 'p', images: [] }],
    ['timeout', { prompt: 'p', timeout: -1 }],
  ])('is rejected with a wrong %s, and nothing is sent', async (field, wrong) => {
    await using server = await openMcpServer(options(fake('silent-call')));
    expect(await errorOf(firstValueFrom(server.codex$(wrong as CodexCall)))).toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
  });

  it('does not mix the events of calls that run at the same time', async () => {
    await using server = await openMcpServer(options(fake('parallel')));
    const calls = ['a', 'b', 'c'].map((prompt) => firstValueFrom(server.codex$({ prompt }).pipe(toArray())));
    const threads = (await Promise.all(calls)).map((events) => [...new Set(events.map(({ thread_id }) => thread_id))]);
    expect(threads).toEqual([['thread-a'], ['thread-b'], ['thread-c']]);
  });
});

describe('a server that misbehaves', () => {
  it('fails open calls with its standard error when it exits', async () => {
    await using server = await openMcpServer(options(fake('dies')));
    expect(await errorOf(firstValueFrom(server.codex$(request).pipe(toArray())))).toMatchObject({
      code: 'SERVER_EXITED',
      stderr: 'Error: the disk is full\n',
    });
    await whenIdle();
  });

  it('is used if it writes other lines, and events of no call', async () => {
    await using server = await openMcpServer(options(fake('garbage')));
    const events = await firstValueFrom(server.codex$(request).pipe(toArray()));
    expect(typesOf(events)).toEqual(['thread.started', 'turn.started', 'turn.completed']);
  });
});
