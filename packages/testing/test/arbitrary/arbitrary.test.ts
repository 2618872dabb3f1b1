import { createDecoder } from '@codex-rx/core';
import type { ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { mutatedLines, mutatedRuns, runLines, runs, threadItems } from '../../src/arbitrary/index.js';

const decodeAll = (lines: readonly string[], strict: boolean): ThreadEvent[] => {
  const decoder = createDecoder({ strict });
  return lines.flatMap((line) => {
    const result = decoder.decode(line);
    if (result._tag === 'Left') throw result.left;
    return result.right._tag === 'Some' ? [result.right.value] : [];
  });
};

/** Returns the properties that make a run implausible. */
function flaws(run: readonly ThreadEvent[]): string[] {
  const found: string[] = [];
  const started = new Set<string>();
  const completed = new Set<string>();
  let usage = 0;
  run.forEach((event, index) => {
    if ((event.type === 'thread.started') !== (index === 0)) found.push('thread.started is not the first event only');
    if (event.type === 'turn.completed') {
      if ((event.usage?.input_tokens ?? 0) < usage) found.push('usage shrinks');
      usage = event.usage?.input_tokens ?? 0;
    }
    if (!('item' in event)) return;
    const { id = '' } = event.item;
    if (completed.has(id)) found.push(`${id} continues after it completed`);
    if (event.type === 'item.started' && started.has(id)) found.push(`${id} starts twice`);
    if (event.type === 'item.updated' && !started.has(id)) found.push(`${id} is updated before it starts`);
    if (event.type === 'item.started') started.add(id);
    if (event.type === 'item.completed') completed.add(id);
  });
  return found;
}

const count = (run: readonly ThreadEvent[], type: string) => run.filter((event) => event.type === type).length;

describe('runs', () => {
  it('generates plausible runs', () => {
    fc.assert(
      fc.property(runs({ maxTurns: 3 }), (run) => {
        expect(flaws(run)).toEqual([]);
        expect(run[1]?.type).toBe('turn.started');
      }),
    );
  });

  it('generates runs that a strict decoder accepts', () => {
    fc.assert(
      fc.property(runLines(), (lines) => {
        expect(decodeAll(lines, true).map(({ type }) => type)).toEqual(
          lines.map((line) => (JSON.parse(line) as ThreadEvent).type),
        );
      }),
    );
  });

  it.each([
    ['completed', 'turn.completed'],
    ['failed', 'turn.failed'],
  ] as const)('end as they are asked to: %s', (outcome, type) => {
    fc.assert(
      fc.property(runs({ outcome }), (run) => {
        expect(run.at(-1)?.type).toBe(type);
      }),
    );
  });

  it('generates runs without an end for the outcome cut', () => {
    fc.assert(
      fc.property(runs({ outcome: 'cut' }), (run) => {
        expect(count(run, 'turn.completed') + count(run, 'turn.failed')).toBe(0);
      }),
    );
  });

  it('generates up to maxTurns turns and maxItems items', () => {
    fc.assert(
      fc.property(runs({ maxTurns: 2, maxItems: 1 }), (run) => {
        const ids = new Set(run.flatMap((event) => ('item' in event ? [event.item.id] : [])));
        expect(count(run, 'turn.started')).toBeLessThanOrEqual(2);
        expect(ids.size).toBeLessThanOrEqual(count(run, 'turn.started'));
      }),
    );
  });

  it('generates every kind of event and item that exec emits, and overlapping items', () => {
    const sample = fc.sample(runs({ maxTurns: 2 }), { numRuns: 300, seed: 1 });
    const kinds = new Set(
      sample.flat().flatMap((event) => [event.type, ...('item' in event ? [event.item.type] : [])]),
    );
    expect([...kinds].sort()).toEqual(
      [
        'agent_message',
        'collab_tool_call',
        'command_execution',
        'error',
        'file_change',
        'item.completed',
        'item.started',
        'item.updated',
        'mcp_tool_call',
        'reasoning',
        'thread.started',
        'todo_list',
        'turn.completed',
        'turn.failed',
        'turn.started',
        'web_search',
      ].sort(),
    );
    const overlaps = (run: readonly ThreadEvent[]) =>
      run.some((event, index) => event.type === 'item.started' && run[index + 1]?.type === 'item.started');
    expect(sample.some(overlaps)).toBe(true);
  });
});

describe('threadItems', () => {
  it('generates items that a strict decoder accepts unchanged', () => {
    fc.assert(
      fc.property(threadItems(), (item) => {
        expect(decodeAll([JSON.stringify({ type: 'item.updated', item })], true)).toEqual([
          expect.objectContaining({ item: JSON.parse(JSON.stringify(item)) as unknown }),
        ]);
      }),
    );
  });
});

describe('mutations', () => {
  it('generates lines that a decoder without strict accepts', () => {
    fc.assert(
      fc.property(mutatedLines(), (lines) => {
        expect(() => decodeAll(lines, false)).not.toThrow();
      }),
    );
  });

  it('generates runs of valid events that are mostly implausible', () => {
    const sample = fc.sample(mutatedRuns({ outcome: 'completed' }), { numRuns: 200, seed: 1 });
    const isFlawed = (run: readonly ThreadEvent[]) =>
      flaws(run).length > 0 || count(run, 'turn.started') !== 1 || count(run, 'turn.completed') !== 1;
    expect(sample.filter(isFlawed).length).toBeGreaterThan(50);
    for (const run of sample)
      decodeAll(
        run.map((event) => JSON.stringify(event)),
        true,
      );
  });

  it('generates lines that are malformed or unknown in many ways', () => {
    const sample = fc.sample(mutatedLines(), { numRuns: 300, seed: 1 });
    const odd = sample
      .flatMap((lines) => decodeAll(lines, false))
      .filter(({ type }) => type === 'malformed' || type === 'unknown');
    const ways = new Set(
      odd.map((event) => (event.type === 'malformed' ? event.error.replaceAll(/\d+/g, 'N') : event.type)),
    );
    expect(ways.size).toBeGreaterThan(5);
  });
});
