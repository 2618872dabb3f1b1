import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex, exec$, lines$, resume$, run$, sendPrompt$, whenIdle } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  firstValueFrom,
  from,
  map,
  merge,
  type Observable,
  repeat,
  retry,
  Subject,
  switchMap,
  take,
} from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, started, THREAD } from './support/lines.js';
import { observe, types } from './support/observe.js';
import { watchSpawns } from './support/overlap.js';

const place = leavesNothing();
const spawns = watchSpawns();

const good: FakeStep[] = [{ lines: [started, completed] }];
const waiting: FakeStep[] = [{ line: started }, { hang: true }];
/** Takes its time to die. */
const slow: FakeStep[] = [{ on: 'SIGINT', steps: [{ wait: 300 }, { exit: 1 }] }, ...waiting];
const request = (fake: { options: object }) => ({ prompt: 'hello', ...fake.options, terminateGrace: 1_000 });

describe('an Observable of runs is cold', () => {
  it('creating and piping starts nothing', async () => {
    const fake = fakeCodex(good);
    const all = request(fake);
    const codex = createCodex(fake.options);
    const sources: Observable<unknown>[] = [
      exec$(all),
      lines$(all),
      run$(all),
      sendPrompt$(all),
      resume$({ ...all, session: THREAD }),
      codex.exec$({ prompt: 'hello' }),
    ];
    for (const source$ of sources) source$.pipe(map(String), retry(3));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(spawns.pids).toEqual([]);
    // The same request does start on subscription, so the missing start above has no other cause.
    await observe(exec$(all));
    expect(fake.invocations()).toHaveLength(1);
  });

  it('each subscription is a process of its own', async () => {
    const fake = fakeCodex(good);
    const source$ = exec$(request(fake));
    const [one, two] = await Promise.all([observe(source$), observe(source$)]);
    expect(types(one)).toEqual(['thread.started', 'turn.completed']);
    expect(types(two)).toEqual(types(one));
    expect(new Set(fake.invocations().map(({ pid }) => pid)).size).toBe(2);
  });

  it('concurrent subscriptions are independent: one unsubscribes, the other one continues', async () => {
    const fake = fakeCodex([{ line: started }, { wait: 700 }, { line: completed }]);
    const source$ = exec$(request(fake));
    const staying = observe(source$);
    await waitUntil(() => fake.invocations().length === 1);
    await firstValueFrom(source$);
    expect((await staying).error).toBeUndefined();
    expect(fake.invocations()).toHaveLength(2);
  });
});

describe('switching, retrying, repeating', () => {
  it('switchMap between two binaries leaves one living process', async () => {
    const [first, second] = [fakeCodex(slow), fakeCodex(waiting)];
    const binaries$ = new Subject<typeof first>();
    const subscription = binaries$.pipe(switchMap((fake) => exec$(request(fake)))).subscribe();
    binaries$.next(first);
    await waitUntil(() => first.invocations().length === 1);
    binaries$.next(second);
    await waitUntil(() => second.invocations().length === 1 && livingPids(first.pids()).length === 0);
    expect(livingPids(second.pids())).toHaveLength(1);
    subscription.unsubscribe();
    await whenIdle();
    expect(livingPids([...first.pids(), ...second.pids()])).toEqual([]);
  });

  it('retry never overlaps two processes', async () => {
    const fake = fakeCodex([{ lines: [started, failed('no')] }, { wait: 100 }]);
    const { error } = await observe(exec$(request(fake)).pipe(retry(3)));
    expect(error).toMatchObject({ code: 'TURN_FAILED' });
    expect(spawns.alive).toEqual([[], [], [], []]);
  });

  it('retry never overlaps two processes when an operator downstream failed while the process lived', async () => {
    const fake = fakeCodex(slow);
    const { error } = await observe(
      exec$(request(fake)).pipe(
        map(() => {
          throw new Error('downstream');
        }),
        retry(2),
      ),
    );
    expect(error).toMatchObject({ message: 'downstream' });
    expect(spawns.alive).toEqual([[], [], []]);
  });

  it('repeat never overlaps two processes, also when each left early', async () => {
    const fake = fakeCodex(slow);
    const observed = await observe(exec$(request(fake)).pipe(take(1), repeat(3)));
    expect(observed.values).toHaveLength(3);
    expect(spawns.alive).toEqual([[], [], []]);
  });

  it('repeat never overlaps two processes, also when each left at the end of its turn', async () => {
    const fake = fakeCodex([{ lines: [started, completed] }, { wait: 300 }]);
    await observe(exec$(request(fake)).pipe(take(2), repeat(3)));
    expect(spawns.alive).toEqual([[], [], []]);
    expect(fake.invocations().flatMap(({ signals }) => signals)).toEqual([]);
  });

  it('a subscription that is unsubscribed while it waits for its predecessor starts nothing', async () => {
    const fake = fakeCodex(slow);
    const source$ = exec$(request(fake));
    await firstValueFrom(source$);
    source$.subscribe().unsubscribe();
    await whenIdle();
    expect(fake.invocations()).toHaveLength(1);
  });

  it('a subscription that is unsubscribed immediately starts nothing', async () => {
    const fake = fakeCodex(good);
    exec$(request(fake)).subscribe().unsubscribe();
    await whenIdle();
    expect(fake.invocations()).toEqual([]);
  });
});

describe('runs on one thread', () => {
  const later$ = (fake: { options: object }) => resume$({ ...request(fake), session: THREAD });

  it('a resume waits for a run on its thread that is being ended', async () => {
    const fake = fakeCodex({ steps: slow, cases: [{ argv: ['resume'], steps: good }] });
    await firstValueFrom(exec$(request(fake)));
    expect((await observe(later$(fake))).error).toBeUndefined();
    expect(spawns.alive).toEqual([[], []]);
  });

  it('a resume at the end of a turn waits for the process of that turn', async () => {
    const fake = fakeCodex({
      steps: [{ lines: [started, completed] }, { wait: 300 }],
      cases: [{ argv: ['resume'], steps: good }],
    });
    const both$ = exec$(request(fake)).pipe(
      concatMap((event) => (event.type === 'turn.completed' ? later$(fake) : EMPTY)),
    );
    expect(types(await observe(both$))).toEqual(['thread.started', 'turn.completed']);
    expect(spawns.alive).toEqual([[], []]);
  });

  it('a resume waits for another resume of that thread that was ended before it said a word', async () => {
    const silent: FakeStep[] = [{ on: 'SIGINT', steps: [{ wait: 300 }, { exit: 1 }] }, { hang: true }];
    const fake = fakeCodex({
      cases: [
        { argv: ['resume'], nth: 1, steps: silent },
        { argv: ['resume'], steps: good },
      ],
    });
    const subscription = later$(fake).subscribe();
    await waitUntil(() => fake.invocations().length === 1);
    subscription.unsubscribe();
    expect((await observe(later$(fake))).error).toBeUndefined();
    expect(spawns.alive).toEqual([[], []]);
  });

  it('a resume by name, or of the last session, waits for every run that is being ended', async () => {
    const fake = fakeCodex({ steps: slow, cases: [{ argv: ['resume'], steps: good }] });
    await firstValueFrom(exec$(request(fake)));
    const codexHome = join(place.folder, 'home');
    mkdirSync(codexHome);
    writeFileSync(join(codexHome, 'session_index.jsonl'), JSON.stringify({ id: THREAD, thread_name: 'by name' }));
    await observe(resume$({ ...request(fake), codexHome, session: 'by name' }));
    await firstValueFrom(exec$(request(fake)));
    mkdirSync(join(codexHome, 'sessions'));
    writeFileSync(join(codexHome, 'sessions', `rollout-2026-11-30T10-00-00-${THREAD}.jsonl`), '');
    await observe(resume$({ ...request(fake), codexHome, session: { last: true, all: true } }));
    expect(spawns.alive).toEqual([[], [], [], []]);
  });

  it('runs on other threads do not wait', async () => {
    const fake = fakeCodex({ steps: slow, cases: [{ argv: ['resume'], steps: good }] });
    await firstValueFrom(exec$(request(fake)));
    const other = THREAD.replace(/7$/, '8');
    await observe(resume$({ ...request(fake), session: other }).pipe(catchError(() => EMPTY)));
    expect(spawns.alive[1]).toHaveLength(1);
  });
});

it('fifty concurrent runs all end, and nothing of them remains', async () => {
  const fake = fakeCodex(waiting);
  const codex = createCodex({ ...fake.options, terminateGrace: 500 });
  const runs = Array.from({ length: 50 }, () => defer(() => codex.exec$({ prompt: 'hello' })));
  await observe(merge(...runs.map((one$) => one$.pipe(take(1)))));
  await whenIdle();
  expect(fake.pids()).toHaveLength(50);
  expect(livingPids(fake.pids())).toEqual([]);
});

it('createCodex().with() overrides options of the client, which is unchanged', async () => {
  const fake = fakeCodex(good);
  const codex = createCodex({ ...fake.options, model: 'gpt-5.5', addDirs: ['/a'] });
  const other = codex.with({ model: 'gpt-5.4', addDirs: ['/b'] });
  expect(codex.options).toMatchObject({ model: 'gpt-5.5', addDirs: ['/a'] });
  await observe(
    from([codex.exec$({ prompt: 'one' }), other.exec$({ prompt: 'two', addDirs: ['/c'] })]).pipe(
      concatMap((source$) => source$),
    ),
  );
  const [one, two] = fake.invocations();
  expect(one).toMatchObject({ stdin: 'one' });
  expect(one?.argv).toEqual(expect.arrayContaining(['gpt-5.5', '/a']));
  expect(two).toMatchObject({ stdin: 'two' });
  expect(two?.argv).toEqual(expect.arrayContaining(['gpt-5.4', '/a', '/b', '/c']));
  expect(two?.argv).not.toContain('gpt-5.5');
});
