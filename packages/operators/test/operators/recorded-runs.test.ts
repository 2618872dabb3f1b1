import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEvents, type ThreadEvent } from '@codex-rx/core/events';
import { concat, from, lastValueFrom, map, type Observable, type OperatorFunction, toArray } from 'rxjs';
import { agentMessages } from '../../src/operators/agent-messages.js';
import { finalMessage } from '../../src/operators/final-message.js';
import { notices } from '../../src/operators/notices.js';
import { snapshots } from '../../src/operators/snapshots.js';
import { takeUntilTurnEnd } from '../../src/operators/take-until-turn-end.js';
import { textDeltas } from '../../src/operators/text-deltas.js';
import { todos } from '../../src/operators/todos.js';
import { turns } from '../../src/operators/turns.js';
import { usage } from '../../src/operators/usage.js';
import { threadStarted } from '../support/events.js';

const fixtures = join(__dirname, '../../../../fixtures');
const names = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.jsonl'))
  .sort();

const run$ = (name: string): Observable<ThreadEvent> =>
  from(readFileSync(join(fixtures, name), 'utf8').split('\n').filter(Boolean)).pipe(decodeEvents());

const all = <T>(name: string, operator$: OperatorFunction<ThreadEvent, T>): Promise<T[]> =>
  lastValueFrom(run$(name).pipe(operator$, toArray()));

const isEnd = ({ type }: ThreadEvent) => type === 'turn.completed' || type === 'turn.failed';

describe('a recorded run', () => {
  it.each(names)('%s: one answer, the pieces are the messages, notices and plan as in the snapshot', async (name) => {
    const events = await lastValueFrom(run$(name).pipe(toArray()));
    const snapshot = (await all(name, snapshots())).at(-1);

    const answers = await all(name, finalMessage());
    expect(answers).toHaveLength(events.filter(({ type }) => type === 'turn.completed').length);
    expect(answers).toEqual(answers.map(() => snapshot?.messages.at(-1)?.text ?? ''));

    const texts: string[] = [];
    let open = '';
    for (const { text, replaces, completed } of await all(name, textDeltas())) {
      open = replaces ? text : open + text;
      if (completed) texts.push(open);
      if (completed) open = '';
    }
    expect(texts).toEqual((await all(name, agentMessages())).map(({ text }) => text));

    expect(await all(name, notices())).toEqual(snapshot?.notices.toArray());
    expect((await all(name, todos())).at(-1)).toEqual(snapshot?.todos?.items);
    expect(await all(name, turns())).toHaveLength(events.filter(isEnd).length);
    const end = events.findIndex(isEnd);
    expect(await all(name, takeUntilTurnEnd())).toEqual(end < 0 ? events : events.slice(0, end + 1));
  });

  // The turns of these runs are the same: 120 tokens go in.
  it.each(['0.47.0', '0.75.0'])('of CLI %s counts for itself: a thread of two has used both', async (version) => {
    const name = join(version, 'plain-answer.jsonl');
    const thread_id = 't1';
    const sameThread$ = map((event: ThreadEvent) => ({ ...event, thread_id }));
    const resumed$ = concat(run$(name), run$(name)).pipe(sameThread$, usage(), toArray());
    expect(await lastValueFrom(resumed$)).toMatchObject([
      { total: { input_tokens: 120 }, turn: { input_tokens: 120 } },
      { total: { input_tokens: 240 }, turn: { input_tokens: 120 } },
    ]);
  });

  it('that is resumed by CLI 0.110 goes on counting', async () => {
    const resumed$ = concat(
      run$(join('0.110.0', 'plain-answer.jsonl')),
      run$(join('0.110.0', 'session-2-resume-last.jsonl')),
    ).pipe(
      map((event): ThreadEvent => (event.type === 'thread.started' ? threadStarted() : { ...event, thread_id: 't1' })),
      usage(),
      toArray(),
    );
    expect(await lastValueFrom(resumed$)).toMatchObject([
      { total: { input_tokens: 120 }, turn: { input_tokens: 120 } },
      { total: { input_tokens: 240 }, turn: { input_tokens: 120 } },
    ]);
  });
});
