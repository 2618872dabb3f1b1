// Many runs in one process, and much through one: no cross-talk, and the host's handles, listeners and memory return
// to their initial state.
//   npm run soak:runs       200 concurrent, 16 of the real CLI, 5,000 in turn, 1 GB through one
//   npm run soak:runs -- --parts=consecutive --runs=500
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { exec$, whenIdle } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { lastValueFrom, toArray } from 'rxjs';
import { loadSource } from './lib/load-source.mjs';

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'concurrent,real,consecutive,volume' },
    fakes: { type: 'string', default: '200' },
    real: { type: 'string', default: '16' },
    runs: { type: 'string', default: '5000' },
    gigabytes: { type: 'string', default: '1' },
  },
});
const scale = await loadSource('packages/core/test/scale/parts.ts');

function check(isTrue, problem) {
  if (!isTrue) throw new Error(problem);
}

async function concurrent() {
  const count = Number(values.fakes);
  const problems = await scale.concurrent(count);
  check(problems.length === 0, problems.join('\n'));
  return `${count} fake runs at once, no cross-talk`;
}

async function real() {
  const count = Number(values.real);
  const opening = Array.from({ length: count }, (_, index) =>
    openScriptedModel([model.run(`echo output ${index}`), model.say(`answer ${index}`)]),
  );
  const models = await Promise.all(opening);
  try {
    const run = ({ options }) =>
      exec$({ ...options, prompt: 'Go.', sandbox: 'danger-full-access', timeout: 300_000 }).pipe(toArray());
    const runs = await Promise.all(models.map((one) => lastValueFrom(run(one))));
    check(new Set(runs.map(([first]) => first.thread_id)).size === count, 'runs share a thread');
    for (const [index, events] of runs.entries()) {
      const items = events.filter(({ type }) => type === 'item.completed').map(({ item }) => item);
      const answer = items.findLast(({ type }) => type === 'agent_message')?.text;
      const output = items.find(({ type }) => type === 'command_execution')?.aggregated_output;
      check(answer === `answer ${index}`, `run ${index} says ${answer}`);
      check(output === `output ${index}\n`, `the command of run ${index} says ${output}`);
      models[index].assertDone();
    }
  } finally {
    await Promise.all(models.map((one) => one.close()));
  }
  return `${count} runs of the real CLI at once, no cross-talk`;
}

async function consecutive() {
  const count = Number(values.runs);
  const { problems, plateau, end } = await scale.consecutive(count);
  check(problems.length === 0, problems.join('\n'));
  check(end - plateau < 30, `memory went from ${plateau.toFixed()} to ${end.toFixed()} MiB`);
  return `${count} runs in turn, ${plateau.toFixed()} MiB after a fifth of them, ${end.toFixed()} MiB at the end`;
}

async function volume() {
  const bytes = Number(values.gigabytes) * 1e9;
  const { events, grown } = await scale.volume(bytes);
  check(events > bytes / 1_100, `${events} events of ${bytes} bytes`);
  check(grown < 120, `memory grew by ${grown.toFixed()} MiB`);
  return `${bytes / 1e9} GB through one run, ${events} events, the highest memory grew by ${grown.toFixed()} MiB`;
}

/** Whether the host is in its initial state; handles are released in later turns of the event loop. */
async function isAsBefore(before) {
  const isSame = () => JSON.stringify(scale.hostState()) === JSON.stringify(before);
  await waitUntil(isSame, 10_000).catch(() => {
    throw new Error(`before: ${JSON.stringify(before)}, after: ${JSON.stringify(scale.hostState())}`);
  });
}

// Objects that are created once, independent of the number of runs, must exist before the first measurement.
for (const stream of [process.stdout, process.stderr]) stream.write('');
await scale.concurrent(1);
await delay(500);
for (const [name, part] of Object.entries({ concurrent, real, consecutive, volume })) {
  if (!values.parts.split(',').includes(name)) continue;
  const before = scale.hostState();
  const start = performance.now();
  const told = await part();
  await whenIdle();
  await isAsBefore(before);
  process.stdout.write(
    `${told}; ${((performance.now() - start) / 1000).toFixed(1)} s, handles and listeners as before\n`,
  );
}
