// The cost of tests with the kit: a marble test of a run of 1,000 events, a run of a fake CLI, a scripted run of the
// real one.
//   npm run bench:testing
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { exec$ } from '@codex-rx/core';
import {
  codexScheduler,
  events,
  expectRun,
  fakeCodex,
  items,
  loadFixture,
  model,
  openScriptedModel,
  replay$,
  toMarbles,
} from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

const EVENTS = 1000;

/** Median and extremes of the times of `work`, in ms. */
async function measure(name, runs, work) {
  await work();
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const [median, least, most] = [times[Math.floor(runs / 2)], times[0], times.at(-1)].map((ms) => ms.toFixed(1));
  process.stdout.write(`${name.padEnd(52)} ${median.padStart(8)} ms  (${least} to ${most}, n = ${runs})\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'codex-rx-bench-'));
try {
  const commands = Array.from({ length: (EVENTS - 4) / 2 }, (_, index) =>
    items.commandExecution(`echo ${index}`, { id: `item_${index}`, aggregated_output: 'x'.repeat(200) }),
  );
  const run = [
    events.threadStarted(),
    events.turnStarted(),
    ...commands.flatMap((item) => [events.itemStarted({ ...item, status: 'in_progress' }), events.itemCompleted(item)]),
    events.itemCompleted(items.agentMessage('Done.', { id: `item_${commands.length}` })),
    events.turnCompleted(),
  ];
  writeFileSync(join(folder, 'long.jsonl'), run.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const line_ms = run.map((_, index) => index * 137);
  writeFileSync(join(folder, 'long.meta.json'), JSON.stringify({ line_ms, wall_ms: EVENTS * 137 }));
  const path = join(folder, 'long');
  const fixture = loadFixture(path);
  const diagram = toMarbles(fixture);

  await measure(`load and decode a fixture of ${EVENTS} events`, 50, () => loadFixture(path).events.length);
  await measure(`marble test of it (137 s of virtual time)`, 50, () => {
    expectRun(replay$(fixture)).toBe(diagram);
  });
  await measure(`RxJS' own TestScheduler, ${EVENTS} plain symbols`, 50, () => {
    const symbols = 'a'.repeat(EVENTS);
    new TestScheduler((actual, expected) => {
      if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error('not the same');
    }).run(({ cold, expectObservable }) => expectObservable(cold(symbols)).toBe(symbols));
  });
  await measure(`marble test of it that fails at 500 places`, 20, () => {
    const wrong = events.itemStarted(items.commandExecution('other', { status: 'in_progress' }));
    const values = { ...diagram.values };
    for (const name of Object.keys(values)) if (name.startsWith('+')) values[name] = wrong;
    try {
      codexScheduler().run((helpers) => helpers.expectRun(replay$(fixture)).toBe({ ...diagram, values }));
    } catch (error) {
      return error;
    }
    throw new Error('It did not fail.');
  });

  await measure('a fake run: make, exec$, dispose', 15, async () => {
    const fake = fakeCodex.fromFixture('0.169.0/plain-answer');
    await lastValueFrom(exec$({ prompt: 'hello', ...fake.options }).pipe(toArray()));
    await fake.dispose();
  });
  await measure('a scripted run of the real CLI', 5, async () => {
    const scripted = await openScriptedModel([model.run('echo hello'), model.say('Done.')]);
    await lastValueFrom(exec$({ ...scripted.options, prompt: 'Say hello.' }).pipe(toArray()));
    await scripted.close();
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
