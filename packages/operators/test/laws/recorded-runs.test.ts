import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEvents, emptySnapshot, reduceSnapshot, type ThreadEvent } from '@codex-rx/core/events';
import { from, lastValueFrom, toArray } from 'rxjs';
import { finalMessage } from '../../src/operators/final-message.js';

const fixtures = join(__dirname, '../../../../fixtures');
const names = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.jsonl') && !name.startsWith('legacy'))
  .sort();

const eventsOf = (name: string): Promise<ThreadEvent[]> =>
  lastValueFrom(
    from(readFileSync(join(fixtures, name), 'utf8').split('\n').filter(Boolean)).pipe(decodeEvents(), toArray()),
  );
const snapshotOf = async (name: string) => (await eventsOf(name)).reduce(reduceSnapshot, emptySnapshot);

describe('recorded runs of the CLI', () => {
  it.each(names)('%s: one turn, every item once, the status that the CLI told', async (name) => {
    const events = await eventsOf(name);
    const snapshot = events.reduce(reduceSnapshot, emptySnapshot);
    const ids = new Set(events.flatMap((event) => ('item' in event ? [event.item.id] : [])));
    expect(new Set(snapshot.items.toArray().map(({ id }) => id))).toEqual(ids);
    expect(snapshot.items).toHaveLength(ids.size);
    expect(snapshot.turns.length).toBeLessThanOrEqual(1);
    const ends = events.map(({ type }) => type).filter((type) => type === 'turn.completed' || type === 'turn.failed');
    const status = snapshot.turns.at(0)?.status;
    expect(status === 'in_progress' ? [] : [`turn.${String(status)}`]).toEqual(
      snapshot.turns.length === 0 ? ['turn.undefined'] : ends,
    );
    expect(snapshot.threadId).toBe(events[0]?.thread_id);
  });

  it('show a sub-agent that leaks into the stream of CLI 0.98 as part of the turn, and the answer as the answer', async () => {
    const name = join('0.98.0', 'collab-v1-ok.jsonl');
    expect((await snapshotOf(name)).turns.toArray()).toMatchObject([{ status: 'completed' }]);
    expect(await lastValueFrom(from(await eventsOf(name)).pipe(finalMessage()))).toBe('The sub-agent found 3 files.');
  });

  it('show a command that was left running as such', async () => {
    const snapshot = await snapshotOf(join('0.169.0', 'command-background-left.jsonl'));
    expect(snapshot.status).toBe('completed');
    expect(snapshot.items.snapshotAt(0)).toMatchObject({ state: 'in_progress', item: { status: 'in_progress' } });
  });
});
