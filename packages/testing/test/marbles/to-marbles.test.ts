import fc from 'fast-check';
import { events, items } from '../../src/builders/index.js';
import { sourceMeaning } from '../../src/marbles/marble-meaning.js';
import { parseMarbles } from '../../src/marbles/parse-marbles.js';
import { framesToMarbles } from '../../src/marbles/to-marbles.js';
import { completeAt, errorAt, type Frame, nextAt } from '../../src/timeline/frame.js';

const command = items.commandExecution('ls', { id: 'item_0' });
const message = (text: string) => events.itemCompleted(items.agentMessage(text, { id: 'item_1' }));

describe('framesToMarbles', () => {
  it('names events by kind and number and writes the time between them', () => {
    const { marbles, values } = framesToMarbles([
      nextAt(0, events.threadStarted()),
      nextAt(0, events.turnStarted()),
      nextAt(72, events.itemStarted(command)),
      nextAt(229.5, events.itemCompleted(command)),
      nextAt(240, message('Done.')),
      nextAt(240, events.turnCompleted()),
      completeAt(251),
    ]);
    expect(marbles).toBe('{thread turn} 72ms {+cmd0} 157.5ms {cmd0} 10.5ms {msg1 done} 11ms {|}');
    expect(values['+cmd0']).toEqual(events.itemStarted(command));
  });

  it('numbers different events of one name and reuses the name of equal events', () => {
    const { marbles, values } = framesToMarbles(['a', 'b', 'a'].map((text) => nextAt(0, message(text))));
    expect(marbles).toBe('{msg1 msg1.2 msg1}');
    expect(values['msg1.2']).toEqual(message('b'));
  });

  it('numbers items without a numeric id in the order of their occurrence', () => {
    const of = (id: string) => nextAt(0, events.itemStarted(items.reasoning('', { id })));
    expect(framesToMarbles([of('rs_a'), of('rs_b'), of('rs_a')]).marbles).toBe('{+think0 +think1 +think0}');
  });

  it('has a name for every kind of event', () => {
    const all = [
      events.turnFailed('x'),
      events.error('y'),
      events.malformed('z'),
      events.unknown('turn.paused!'),
      events.itemStarted(command),
      events.itemUpdated(command),
      events.itemDelta(command, 'o'),
      events.itemFailed(command, 'f'),
      events.itemFailed({ id: 'never_seen' }, 'f'),
      events.itemCompleted(items.unknown('hologram', { id: 'item_7' })),
    ];
    expect(framesToMarbles(all.map((event) => nextAt(0, event))).marbles).toBe(
      '{failed notice bad ?turn.paused_ +cmd0 ~cmd0 >cmd0 !cmd0 !item0 item7}',
    );
  });

  it('returns the error', () => {
    const failure = new Error('quota');
    expect(framesToMarbles([errorAt(3, failure)])).toMatchObject({ marbles: '3ms {#}', error: failure });
  });

  it('formats the diagram in lines of limited length with a legend', () => {
    const run = framesToMarbles([
      ...Array.from({ length: 12 }, (_, index) => nextAt(index * 1000, message(`line ${String(index)}`))),
      completeAt(12_000),
    ]);
    const [diagram, legend] = run.toString().split('\n\n');
    expect(diagram?.split('\n').every((line) => line.length <= 100)).toBe(true);
    expect(parseMarbles(diagram ?? '', sourceMeaning(run.values, undefined))).toHaveLength(13);
    expect(legend).toContain('msg1.12  item.completed  agent_message  "line 11"');
  });

  it('returns diagrams that parse to the same frames', () => {
    const event = fc.oneof(
      fc.constant(events.turnStarted()),
      fc.string().map((text) => events.error(text)),
      fc
        .tuple(fc.nat(9), fc.string())
        .map(([id, text]) => events.itemUpdated(items.agentMessage(text, { id: `item_${String(id)}` }))),
      fc.tuple(fc.string(), fc.string()).map(([id, type]) => events.itemCompleted(items.unknown(type, { id }))),
      fc.string().map((type) => events.unknown(type)),
    );
    const frames = fc
      .array(fc.tuple(fc.nat(100_000), event))
      .map((list) => list.map(([frame, one]): Frame<unknown> => nextAt(frame, one)).sort((a, b) => a.frame - b.frame));
    fc.assert(
      fc.property(frames, (run) => {
        const { marbles, values } = framesToMarbles(run as Parameters<typeof framesToMarbles>[0]);
        expect(parseMarbles(marbles, sourceMeaning(values, undefined))).toEqual(run);
      }),
    );
  });
});
