import type { ThreadEvent } from '@codex-rx/core';
import { threadEventCodec } from '@codex-rx/core/codecs';
import { snapshots } from '@codex-rx/operators';
import { from, lastValueFrom } from 'rxjs';
import { notificationCodecs } from '../../../src/app-server/mapping/codecs.js';
import { transcript, transcripts, VERSIONS } from '../transcript.js';
import { mapTranscript } from './map-transcript.js';

const typeOf = (event: ThreadEvent): string =>
  'item' in event ? `${event.type.replace('item.', '')} ${event.item.type}` : event.type;
/** Types without repetitions of deltas. */
const outline = (version: string, name: string): string[] =>
  mapTranscript(version, name)
    .events.map(typeOf)
    .filter((type, index, all) => type !== 'item.delta' || all[index - 1] !== 'item.delta');

/** Notifications that have no counterpart in `ThreadEvent`. */
const WITHOUT_COUNTERPART = [
  ...[
    'account/rateLimits/updated',
    'account/updated',
    'configWarning',
    'deprecationNotice',
    'item/fileChange/outputDelta',
  ],
  ...['mcpServer/startupStatus/updated', 'remoteControl/status/changed', 'serverRequest/resolved', 'thread/archived'],
  ...['thread/goal/cleared', 'thread/name/updated', 'thread/readState/changed', 'thread/settings/updated'],
  ...['thread/status/changed', 'thread/unarchived', 'thread/closed', 'skills/changed'],
];

describe('mapNotification on recorded servers', () => {
  it.each(transcripts)('knows each notification: %s %s', (version, name) => {
    const unknown = transcript(version, name).flatMap(({ dir, msg: { id, method = '' } }) =>
      dir === '>' || id !== undefined || Object.hasOwn(notificationCodecs, method) || method.startsWith('codex/event/')
        ? []
        : [method],
    );
    expect(unknown.filter((method) => !WITHOUT_COUNTERPART.includes(method))).toEqual([]);
  });

  it.each(transcripts)('returns valid events without problems: %s %s', (version, name) => {
    const { events, problems } = mapTranscript(version, name);
    expect(problems).toEqual([]);
    expect(events.filter((event) => !threadEventCodec.is(event))).toEqual([]);
    expect(events.filter((event) => 'item' in event && event.item.type === 'unknown')).toEqual([]);
  });

  it.each(transcripts)('starts each item once and completes it once at most: %s %s', (version, name) => {
    const keys = mapTranscript(version, name).events.flatMap((event) =>
      event.type === 'item.started' || event.type === 'item.completed'
        ? [`${event.type} ${String(event.turn_id)} ${String(event.item.id)}`]
        : [],
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it.each(transcripts)('ends each turn that it starts, once: %s %s', (version, name) => {
    const { events } = mapTranscript(version, name);
    const started = events.filter(({ type }) => type === 'turn.started').map(({ turn_id }) => turn_id);
    const ended = events.filter(({ type }) => /^turn\.(completed|failed)$/.test(type)).map(({ turn_id }) => turn_id);
    expect(ended).toEqual(started);
  });

  it.each(transcripts)('sends deltas that the completed text confirms: %s %s', (version, name) => {
    const texts = new Map<string, string>();
    const wrong: string[] = [];
    for (const event of mapTranscript(version, name).events) {
      if (event.type === 'item.delta')
        texts.set(event.item_id, (texts.get(event.item_id) ?? '') + (event.delta.text_delta ?? ''));
      if (event.type !== 'item.completed' || !('text' in event.item) || !texts.has(event.item.id)) continue;
      if (texts.get(event.item.id) !== event.item.text) wrong.push(event.item.id);
    }
    expect(wrong).toEqual([]);
  });

  it.each(VERSIONS)('shows a turn with reasoning, messages and a command: %s', (version) => {
    const { events } = mapTranscript(version, 'basic');
    // When the usage is updated differs, and 0.125 completes the command after the turn.
    const order = outline(version, 'basic').filter(
      (type) => type !== 'usage.updated' && type !== 'completed command_execution',
    );
    expect(order).toEqual([
      ...['thread.started', 'turn.started', 'started user_message', 'completed user_message'],
      // The model of the recording of 0.150.1 does not stream its reasoning.
      ...['started reasoning', ...(version === '0.150.1' ? [] : ['item.delta']), 'completed reasoning'],
      ...['started agent_message', 'item.delta', 'completed agent_message', 'started command_execution', 'item.delta'],
      ...['started agent_message', 'item.delta', 'completed agent_message', 'turn.completed'],
    ]);
    const end = events.find(({ type }) => type === 'turn.completed');
    expect(end).toMatchObject({ usage: { input_tokens: 240, output_tokens: 60 } });
  });

  it.each(VERSIONS)('starts a command that waits for an approval, and shows that it was declined: %s', (version) => {
    const commands = mapTranscript(version, 'command-approval').events.flatMap((event) =>
      'item' in event && event.item.type === 'command_execution' ? [`${event.type} ${event.item.status}`] : [],
    );
    expect(commands).toEqual([
      ...[
        'item.started in_progress',
        'item.completed completed',
        'item.started in_progress',
        'item.completed declined',
      ],
      ...[
        'item.started in_progress',
        'item.completed completed',
        'item.started in_progress',
        'item.completed completed',
      ],
    ]);
  });

  it.each(VERSIONS.filter((version) => version !== '0.150.1'))(
    'shows a question to the user as an item in progress until it is answered: %s',
    (version) => {
      const questions = mapTranscript(version, 'experimental-user-input').events.flatMap((event) =>
        'item' in event && event.item.type === 'mcp_tool_call' ? [[event.type, event.item]] : [],
      );
      const item = { server: 'client', tool: 'request_user_input', arguments: { questions: [{ id: 'db' }] } };
      expect(questions).toMatchObject([
        ['item.started', { ...item, status: 'in_progress' }],
        // CLI 0.98 does not report that a request is resolved.
        ...(version === '0.98.0' ? [] : [['item.completed', { ...item, status: 'completed' }]]),
      ]);
    },
  );

  it.each(VERSIONS)('completes a declined patch once: %s', (version) => {
    const patches = mapTranscript(version, 'filechange-approval').events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'file_change' ? [event.item.status] : [],
    );
    expect(patches).toEqual(['completed', 'declined']);
  });

  it.each(VERSIONS)('fails an interrupted turn with the code interrupted: %s', (version) => {
    expect(mapTranscript(version, 'interrupt').events.find(({ type }) => type === 'turn.failed')).toMatchObject({
      error: { code: 'interrupted' },
    });
  });

  it.each(VERSIONS)('shows the plan as a to-do list that completes with the turn: %s', (version) => {
    const { events } = mapTranscript(version, 'plan-mcp-search');
    const types = events.map(typeOf);
    expect(types.filter((type) => type.endsWith('todo_list'))).toEqual([
      'started todo_list',
      'updated todo_list',
      'completed todo_list',
    ]);
    expect(types.slice(-2)).toEqual(['completed todo_list', 'turn.completed']);
  });

  it.each(VERSIONS)('gives a review one turn with the review as its message: %s', (version) => {
    const { events } = mapTranscript(version, 'misc');
    const start = events.map(({ type }) => type).lastIndexOf('turn.started');
    const review = events.slice(start);
    expect(new Set(review.map(({ turn_id }) => turn_id)).size).toBe(1);
    const messages = review.flatMap((event) => ('item' in event && event.item.type === 'agent_message' ? [event] : []));
    expect(messages).toEqual([
      expect.objectContaining({
        type: 'item.completed',
        item: expect.objectContaining({ text: expect.stringContaining('Prefer const') as string }) as object,
      }),
    ]);
  });

  it.each(VERSIONS)('says why turns failed, with the category: %s', (version) => {
    const { events } = mapTranscript(version, 'turn-failed');
    const failed = events.filter(({ type }) => type === 'turn.failed').slice(0, 3);
    expect(failed.map((event) => event.type === 'turn.failed' && [event.error.code, event.error.category])).toEqual([
      ['other', expect.anything()],
      ['contextWindowExceeded', 'context'],
      ['usageLimitExceeded', 'usage_limit'],
    ]);
  });

  it('ignores the legacy copies of events that CLI 0.98 sends', () => {
    expect(outline('0.98.0', 'basic').filter((type) => type === 'completed command_execution')).toHaveLength(1);
  });

  it.each(VERSIONS)('gives snapshots the final state of the thread: %s', async (version) => {
    const { events } = mapTranscript(version, 'basic');
    const snapshot = await lastValueFrom(from(events).pipe(snapshots()));
    expect(snapshot.status).toBe('completed');
    expect(snapshot.messages.toArray().map(({ text }) => text)).toEqual([
      'I will list the files.',
      'There are three lines.',
    ]);
  });
});
