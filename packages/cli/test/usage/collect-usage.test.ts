import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type AggregateOptions, type Dimension, type UsageRow } from '../../src/usage/aggregate.js';
import { collectUsage, type Usage } from '../../src/usage/collect-usage.js';
import { createCalendar } from '../../src/usage/periods.js';
import {
  Clock,
  type Counts,
  compress,
  type FileStyle,
  GeneratedSession,
  sum,
  type Turn,
} from './support/generated-home.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'usage-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const ONE: Counts = { input: 120, cached: 20, output: 30, reasoning: 5 };
const times = (count: number): Counts => ({
  input: 120 * count,
  cached: 20 * count,
  output: 30 * count,
  reasoning: 5 * count,
});
const turn = (count: number, options: Partial<Turn> = {}): Turn => ({
  responses: Array.from({ length: count }, () => ONE),
  model: 'gpt-5.5',
  isResumed: false,
  ...options,
});

function collect(by: readonly Dimension[] = ['session'], options: Partial<AggregateOptions> = {}): Promise<Usage> {
  return collectUsage(home, { by, calendar: createCalendar('UTC'), priceOf: () => undefined, ...options });
}

const countsOf = ({ tokens }: UsageRow): Counts => ({
  input: tokens.input,
  cached: tokens.cachedInput,
  output: tokens.output,
  reasoning: tokens.reasoningOutput,
});
const byKey = ({ rows }: Usage) => Object.fromEntries(rows.map((row) => [row.keys.join(), countsOf(row)]));

const STYLES: readonly FileStyle[] = ['process', 'copy', 'reference', 'responses'];

describe.each(STYLES)('sessions of style %s', (style) => {
  it('count each response once', async () => {
    const session = new GeneratedSession(new Clock(), style);
    session.turn(turn(3));
    session.turn(turn(2));
    session.write(home);

    expect(byKey(await collect())).toEqual({ [session.id]: times(5) });
  });

  it('count inherited history once, also in a fork of a fork', async () => {
    const clock = new Clock();
    const origin = new GeneratedSession(clock, style);
    origin.turn(turn(4));
    const fork = new GeneratedSession(clock, style, { origin });
    fork.turn(turn(2));
    origin.turn(turn(1));
    const second = new GeneratedSession(clock, style, { origin: fork });
    second.turn(turn(1));
    for (const session of [origin, fork, second]) session.write(home);

    expect(byKey(await collect())).toEqual({ [origin.id]: times(5), [fork.id]: times(2), [second.id]: times(1) });
  });

  it('count a resumed session whole', async () => {
    const session = new GeneratedSession(new Clock(), style);
    session.turn(turn(2));
    session.turn(turn(2, { isResumed: true }));
    session.turn(turn(5, { isResumed: true }));
    session.write(home);

    expect(byKey(await collect())).toEqual({ [session.id]: times(9) });
  });

  it('count a sub-agent that inherits the history of its parent once', async () => {
    const clock = new Clock();
    const parent = new GeneratedSession(clock, style);
    parent.turn(turn(3));
    const agent = new GeneratedSession(clock, style, { origin: parent, parent: parent.id });
    agent.turn(turn(2));
    for (const session of [parent, agent]) session.write(home);

    expect(byKey(await collect())).toEqual({ [parent.id]: times(3), [agent.id]: times(2) });
  });

  it('keep the tokens of lines that are damaged, and count these lines', async () => {
    const session = new GeneratedSession(new Clock(), style);
    session.turn(turn(9));
    const lines = session.damage();
    session.write(home);
    const usage = await collect();

    expect(byKey(usage)).toEqual({ [session.id]: times(9) });
    expect(usage.damaged).toEqual({ lines, files: 1 });
  });
});

describe('collectUsage', () => {
  it('counts a session once that is both in the archive and among the sessions', async () => {
    const session = new GeneratedSession(new Clock(), 'copy');
    session.turn(turn(3));
    session.write(home, { archived: true });
    session.turn(turn(1));
    session.write(home);

    expect(byKey(await collect())).toEqual({ [session.id]: times(4) });
  });

  it('counts compressed sessions, or names those that this version of Node.js cannot read', async () => {
    const session = new GeneratedSession(new Clock(), 'responses');
    session.turn(turn(3));
    const path = session.write(home, { compressed: true });
    const usage = await collect();

    expect(byKey(usage)).toEqual(compress === undefined ? {} : { [session.id]: times(3) });
    const problem = { path, reason: expect.stringContaining('Use Node.js 22.15') as string };
    expect(usage.skipped).toEqual(compress === undefined ? [problem] : []);
  });

  it('counts responses of a killed process that are in no total', async () => {
    const session = new GeneratedSession(new Clock(), 'responses');
    session.turn(turn(2));
    const last = session.lines.filter((line) => line.includes('total_token_usage')).at(-1) ?? '';
    session.lines.splice(session.lines.indexOf(last));
    session.write(home);

    expect(byKey(await collect())).toEqual({ [session.id]: times(2) });
  });

  it('skips a cut last line and reads a line of 2 MB that spans chunks', async () => {
    const session = new GeneratedSession(new Clock(), 'copy');
    session.turn(turn(1));
    session.lines.push(
      JSON.stringify({ timestamp: 't', type: 'response_item', payload: { type: 'x', text: 'y'.repeat(2e6) } }),
    );
    session.turn(turn(1));
    session.lines.push(
      '{"timestamp":"2026-11-30T10:00:00Z","type":"event_msg","payload":{"type":"token_count","info":{"tot',
    );
    session.write(home);
    const usage = await collect();

    expect(byKey(usage)).toEqual({ [session.id]: times(2) });
    expect(usage.damaged).toEqual({ lines: 1, files: 1 });
  });

  it('groups by several dimensions, and filters by days of the time zone', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 30, 22, 30));
    const session = new GeneratedSession(clock, 'copy');
    session.turn(turn(1, { model: 'a' }));
    clock.advance(3_600_000);
    session.turn(turn(2, { model: 'b' }));
    session.write(home);
    const calendar = createCalendar('Europe/Berlin');

    expect(byKey(await collect(['day', 'model']))).toEqual({ '2026-11-30,a': times(1), '2026-11-30,b': times(2) });
    expect(byKey(await collect(['day', 'model'], { calendar }))).toEqual({
      '2026-11-30,a': times(1),
      '2026-12-01,b': times(2),
    });
    expect(byKey(await collect(['month'], { calendar, since: '2026-12-01' }))).toEqual({ '2026-12': times(2) });
    expect(byKey(await collect(['week'], { calendar, until: '2026-11-30' }))).toEqual({ '2026-11-30': times(1) });
    expect(byKey(await collect(['project']))).toEqual({ '/project': times(3) });
  });

  it('lists models without a price, and does not guess their cost', async () => {
    const session = new GeneratedSession(new Clock(), 'copy');
    session.turn(turn(1, { model: 'known' }));
    session.turn(turn(2, { model: 'new' }));
    session.write(home);
    const { total, unpriced } = await collect(['day'], { priceOf: (model) => (model === 'known' ? 0.5 : undefined) });

    expect(total.cost).toBe(0.5);
    expect(unpriced).toMatchObject([{ model: 'new', provider: 'openai', tokens: { input: 240 } }]);
  });

  it('stops when its signal aborts', async () => {
    new GeneratedSession(new Clock(), 'copy').write(home);

    await expect(
      collectUsage(home, {
        by: ['day'],
        calendar: createCalendar('UTC'),
        priceOf: () => 0,
        signal: AbortSignal.abort(),
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});

const FORKED = ['0.130.0', '0.144.6', '0.147.0', '0.171.0'];
const files = join(__dirname, '..', '..', '..', 'core', 'test', 'rollouts', 'files');
/** Each response of the scripted model uses the same tokens; each is followed by its items, and by a total. */
describe.each(readdirSync(files))('recorded sessions of CLI %s', (version) => {
  it('count multiples of one response, and a fork only its own', async () => {
    const names = readdirSync(join(files, version)).filter((name) => !name.includes('stdout'));
    mkdirSync(join(home, 'sessions'));
    for (const name of names) cpSync(join(files, version, name), join(home, 'sessions', `rollout-${name}`));
    const { rows, damaged, total } = await collect();

    expect(damaged.lines).toBe(0);
    expect(total.tokens.input).toBeGreaterThan(0);
    for (const row of rows) expect(countsOf(row)).toEqual(times(row.tokens.input / 120));
  });
});

describe.each(FORKED)('a recorded fork of CLI %s', (version) => {
  it('counts only its own response', async () => {
    mkdirSync(join(home, 'sessions'));
    cpSync(join(files, version, 'forked.2.jsonl'), join(home, 'sessions', 'rollout-fork.jsonl'));

    expect(Object.values(byKey(await collect()))).toEqual([times(1)]);
  });
});

const counts = fc.record({
  input: fc.nat(1e6),
  cached: fc.nat(1e5),
  output: fc.integer({ min: 1, max: 1e5 }),
  reasoning: fc.nat(1e4),
});
const plan = fc.array(
  fc.record({
    style: fc.constantFrom(...STYLES),
    /** 0: a new session; 1 and 2: a turn of a session; 3: a fork. */
    step: fc.nat(3),
    pick: fc.nat(100),
    model: fc.constantFrom('gpt-5.5', 'gpt-5-codex'),
    isResumed: fc.boolean(),
    pause: fc.nat(40_000_000),
    responses: fc.array(counts, { minLength: 1, maxLength: 4 }),
    archived: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('the usage of a generated home', () => {
  it('equals the tokens of all responses, by any grouping', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        const folder = mkdtempSync(join(home, 'home-'));
        const clock = new Clock();
        const sessions: { session: GeneratedSession; style: FileStyle }[] = [];
        for (const { style, step, pick, pause, ...turn } of steps) {
          clock.advance(1000 + pause);
          const chosen = sessions[pick % Math.max(1, sessions.length)];
          if (chosen === undefined || step === 0) sessions.push({ session: new GeneratedSession(clock, style), style });
          else if (step === 3) {
            sessions.push({
              session: new GeneratedSession(clock, chosen.style, { origin: chosen.session }),
              style: chosen.style,
            });
          }
          const target = step === 0 || step === 3 ? sessions.at(-1) : chosen;
          target?.session.turn(turn);
        }
        sessions.forEach(({ session }, index) => session.write(folder, { archived: steps[index]?.archived ?? false }));

        const calendar = createCalendar('America/New_York');
        const expected: Record<string, Counts> = {};
        for (const { session } of sessions) {
          for (const { model, time, counts: used } of session.used) {
            const key = [calendar.day(time), model, session.id].join();
            expected[key] = sum(expected[key] ?? { input: 0, cached: 0, output: 0, reasoning: 0 }, used);
          }
        }
        const usage = await collectUsage(folder, { by: ['day', 'model', 'session'], calendar, priceOf: () => 1 });
        expect(byKey(usage)).toEqual(expected);
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 150 },
    );
  });
});
