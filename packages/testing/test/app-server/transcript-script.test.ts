import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThreadEvent } from '@codex-rx/core';
import { type ApprovalDecision, openAppServer } from '@codex-rx/core/app-server';
import { fakeAppServer, transcriptScript } from '@codex-rx/testing';
import { lastValueFrom, of, take, toArray } from 'rxjs';

const folder = join(__dirname, '../../../../examples/support/sessions');
const recording = (name: string): string => readFileSync(join(folder, `${name}.jsonl`), 'utf8');

async function replay(name: string, decision: ApprovalDecision = 'accept'): Promise<readonly ThreadEvent[]> {
  const fake = fakeAppServer(transcriptScript(recording(name)));
  await using server = await openAppServer({
    connect: { transport: fake.transport() },
    approvals: () => of(decision),
  });
  const thread = await lastValueFrom(server.thread.start$());
  const events: ThreadEvent[] = [];
  await thread
    .turn$('Hi')
    .forEach((event) => events.push(event))
    .catch(() => undefined);
  return events;
}

const statuses = (events: readonly ThreadEvent[]): unknown[] =>
  events.flatMap((event) =>
    event.type === 'item.completed' && (event.item.type === 'command_execution' || event.item.type === 'file_change')
      ? [event.item.status]
      : [],
  );

describe('transcriptScript', () => {
  it('replays a recorded turn, which waits for the answers of the client', async () => {
    const events = await replay('approvals');
    expect(statuses(events)).toEqual(['completed', 'completed']);
    expect(events.at(-1)?.type).toBe('turn.completed');
  });

  it('completes the items that the client declines as declined', async () => {
    const events = await replay('approvals', 'decline');
    expect(statuses(events)).toEqual(['declined', 'declined']);
    expect(events.at(-1)?.type).toBe('turn.completed');
  });

  it('ends the turn that the client cancels', async () => {
    const events = await replay('approvals', 'cancel');
    expect(statuses(events)).toEqual(['declined']);
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', error: { code: 'interrupted' } });
  });

  it('leaves out the turn of a sub-agent', async () => {
    const turn = (threadId: string, id: string, status: string) => ({ threadId, turn: { id, status, items: [] } });
    const say = (threadId: string, turnId: string, text: string) => ({
      method: 'item/completed',
      params: { threadId, turnId, item: { type: 'agentMessage', id: `m-${text}`, text } },
    });
    const messages = [
      { method: 'turn/started', params: turn('parent', 'p', 'inProgress') },
      { method: 'turn/started', params: turn('agent', 'a', 'inProgress') },
      say('agent', 'a', 'inner'),
      { method: 'turn/completed', params: turn('agent', 'a', 'completed') },
      say('parent', 'p', 'outer'),
      { method: 'turn/completed', params: turn('parent', 'p', 'completed') },
    ];
    const script = transcriptScript(messages.map((msg) => JSON.stringify({ dir: '<', msg })).join('\n'));
    expect(script.turns).toHaveLength(1);
    await using server = await openAppServer({ connect: { transport: fakeAppServer(script).transport() } });
    const thread = await lastValueFrom(server.thread.start$());
    expect((await lastValueFrom(thread.runTurn$('Hi'))).text).toBe('outer');
  });

  it('replays several turns, of which one without an end waits for its interrupt', async () => {
    const fake = fakeAppServer(transcriptScript(recording('turns')));
    await using server = await openAppServer({ connect: { transport: fake.transport() } });
    const thread = await lastValueFrom(server.thread.start$());
    expect((await lastValueFrom(thread.runTurn$('1'))).text).toBe('Hello! What shall I do?');
    expect((await lastValueFrom(thread.runTurn$('2'))).text).toContain('bonjour');
    const events = await lastValueFrom(thread.turn$('3').pipe(take(4), toArray()));
    expect(events.at(-1)).toMatchObject({ type: 'item.started', item: { type: 'command_execution' } });
  });
});
