import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { approvals, type ThreadOptions } from '@codex-rx/core/app-server';
import { type FakeAppServerScript, serverTurn } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { closeFakes, openFake } from '../support.js';

const REVIEW = { uncommitted: true } as const;

/** A server whose loaded threads ignore the settings of a resume. */
function loadedWith(type: string, approvalPolicy: string, version?: string): FakeAppServerScript {
  const thread = { id: 't', turns: [], status: { type: 'idle' } };
  return {
    ...(version === undefined ? {} : { version }),
    answers: {
      'thread/resume': { result: { thread, model: 'm', cwd: '/work', approvalPolicy, sandbox: { type } } },
      'review/start': { error: { code: -1, message: 'no review here' } },
    },
  };
}

async function resume(script: FakeAppServerScript, options: ThreadOptions) {
  const { server, fake } = await openFake(script, { approvals: approvals.decline });
  return { fake, thread: await lastValueFrom(server.thread.resume$('t', options)) };
}

describe('the settings of a resumed thread', () => {
  const problems: string[] = [];
  const listener = (message: unknown) => {
    problems.push((message as { readonly problem: string }).problem);
  };
  beforeEach(() => {
    problems.length = 0;
    subscribe('codex-rx:settings', listener);
  });
  afterEach(() => {
    unsubscribe('codex-rx:settings', listener);
  });
  afterEach(closeFakes);

  it('are compared with those that were requested; a difference is a diagnostic', async () => {
    await resume(loadedWith('dangerFullAccess', 'never'), { sandbox: 'read-only', approvalPolicy: 'untrusted' });
    expect(problems).toEqual([
      'The server has other settings (approvalPolicy: never instead of untrusted; sandboxPolicy: ' +
        '{"type":"dangerFullAccess"} instead of {"type":"readOnly"}). Each turn sends those that were requested.',
    ]);
  });

  it('are no diagnostic if the server took them over', async () => {
    await resume(loadedWith('readOnly', 'untrusted'), { sandbox: 'read-only', approvalPolicy: 'untrusted' });
    expect(problems).toEqual([]);
  });

  it('are set before a review, which has no settings of its own', async () => {
    const { thread, fake } = await resume(loadedWith('dangerFullAccess', 'never'), { sandbox: 'read-only' });
    await expect(lastValueFrom(thread.review$(REVIEW))).rejects.toMatchObject({ code: 'RPC_ERROR' });
    expect(fake.sent('thread/settings/update')).toMatchObject([
      { params: { threadId: 't', sandboxPolicy: { type: 'readOnly' }, approvalPolicy: 'on-request' } },
    ]);
    expect(fake.received.map(({ method }) => method).slice(-2)).toEqual(['thread/settings/update', 'review/start']);
  });

  it('are set again before a review that follows a turn with others', async () => {
    const { server, fake } = await openFake({ turns: [serverTurn.say('Hi'), serverTurn.say('Fine.')] });
    const thread = await lastValueFrom(server.thread.start$({ sandbox: 'read-only' }));
    await lastValueFrom(thread.turn$('Work.', { sandbox: 'danger-full-access' }));
    await lastValueFrom(thread.review$(REVIEW));
    expect(fake.sent('thread/settings/update')).toMatchObject([{ params: { sandboxPolicy: { type: 'readOnly' } } }]);
    await lastValueFrom(thread.review$(REVIEW));
    expect(fake.sent('thread/settings/update')).toHaveLength(1);
  });

  it('are compared when the review starts, not while it waits for a turn with others', async () => {
    const { server, fake } = await openFake({ turns: [serverTurn.say('Hi'), serverTurn.say('Fine.')] });
    const thread = await lastValueFrom(server.thread.start$({ sandbox: 'read-only' }));
    const turn$ = thread.turn$('Work.', { sandbox: 'danger-full-access' });
    await Promise.all([lastValueFrom(turn$), lastValueFrom(thread.review$(REVIEW))]);
    expect(fake.sent('thread/settings/update')).toMatchObject([{ params: { sandboxPolicy: { type: 'readOnly' } } }]);
  });

  it('are set before a review that follows a turn that the server rejected', async () => {
    const { answers, ...script } = loadedWith('dangerFullAccess', 'never');
    const rejected = { 'turn/start': { error: { code: -1, message: 'no turn here' } } };
    const { thread, fake } = await resume(
      { ...script, answers: { ...answers, ...rejected } },
      { sandbox: 'read-only' },
    );
    await expect(lastValueFrom(thread.turn$('Work.'))).rejects.toMatchObject({ code: 'RPC_ERROR' });
    await expect(lastValueFrom(thread.review$(REVIEW))).rejects.toMatchObject({ code: 'RPC_ERROR' });
    expect(fake.sent('thread/settings/update')).toMatchObject([{ params: { sandboxPolicy: { type: 'readOnly' } } }]);
  });

  it.each([
    ['a wider sandbox', 'workspaceWrite', 'untrusted'],
    ['fewer questions', 'readOnly', 'never'],
    ['an unknown sandbox', 'somethingNew', 'untrusted'],
  ])('fail a review on a version that cannot change %s', async (_, type, policy) => {
    const options = { sandbox: 'read-only', approvalPolicy: 'untrusted' };
    const { thread, fake } = await resume(loadedWith(type, policy, '0.125.0'), options);
    await expect(lastValueFrom(thread.review$(REVIEW))).rejects.toMatchObject({ code: 'CAPABILITY_UNSUPPORTED' });
    expect(fake.sent('review/start')).toEqual([]);
  });

  it('do not fail a review on such a version if they are safer', async () => {
    const options = { sandbox: 'workspace-write', approvalPolicy: 'on-request' };
    const { thread, fake } = await resume(loadedWith('readOnly', 'untrusted', '0.125.0'), options);
    await expect(lastValueFrom(thread.review$(REVIEW))).rejects.toMatchObject({ code: 'RPC_ERROR' });
    expect(fake.sent('review/start')).toHaveLength(1);
  });

  it('let a reviewer model decide without a handler', async () => {
    const { server, fake } = await openFake({ turns: [serverTurn.say('Hi')] });
    const thread = await lastValueFrom(server.thread.start$({ approvalsReviewer: 'auto_review' }));
    await lastValueFrom(thread.turn$('Work.'));
    const reviewed = { approvalsReviewer: 'auto_review', approvalPolicy: 'on-request' };
    expect(fake.sent('thread/start')).toMatchObject([{ params: reviewed }]);
    expect(fake.sent('turn/start')).toMatchObject([{ params: reviewed }]);
  });
});

describe('review$', () => {
  afterEach(closeFakes);

  it.each([
    [{ uncommitted: true }, { type: 'uncommittedChanges' }],
    [{ base: 'main' }, { type: 'baseBranch', branch: 'main' }],
    [
      { commit: 'abc', title: 'T' },
      { type: 'commit', sha: 'abc', title: 'T' },
    ],
    [{ prompt: 'Look.' }, { type: 'custom', instructions: 'Look.' }],
  ] as const)('reviews %j', async (target, sent) => {
    const { server, fake } = await openFake({ turns: [serverTurn.say('Fine.')] });
    const thread = await lastValueFrom(server.thread.start$());
    expect((await lastValueFrom(thread.review$(target))).type).toBe('turn.completed');
    expect(fake.sent('review/start')).toMatchObject([{ params: { threadId: thread.id, target: sent } }]);
  });

  it('rejects a target or an option that does not exist', async () => {
    const { server, fake } = await openFake();
    const thread = await lastValueFrom(server.thread.start$());
    await expect(lastValueFrom(thread.review$({} as never))).rejects.toMatchObject({ field: 'target' });
    await expect(lastValueFrom(thread.review$(REVIEW, { model: 'm' } as object))).rejects.toMatchObject({
      field: 'model',
    });
    expect(fake.sent('review/start')).toEqual([]);
  });
});
