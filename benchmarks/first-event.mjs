// How long it takes from `subscribe` to the first event, against a bare child_process.spawn of the same binary with
// the same arguments to its first whole line; the two take turns in one run, and the ratio of their medians is what
// counts. Needs a build, no network and no key.
// Usage: npm run bench:first-event [-- <runs>]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { exec$, run$, whenIdle } from '@codex-rx/core';
import { fakeCodex, model, openScriptedModel } from '@codex-rx/testing';
import { firstValueFrom, tap } from 'rxjs';

const runs = Number(process.argv[2] ?? 40);

/** Ends when the subscriber receives the event: the bare spawn does not count its termination either. */
async function ours(request) {
  const start = performance.now();
  let took;
  await firstValueFrom(
    exec$(request).pipe(
      tap(() => {
        took ??= performance.now() - start;
      }),
    ),
  );
  await whenIdle();
  return took;
}

async function bare({ binary, argv, cwd, env, prompt }) {
  const start = performance.now();
  const child = spawn(binary, argv, { cwd, env, detached: true, stdio: 'pipe' });
  child.stdin.on('error', () => undefined).end(prompt);
  child.stderr.resume();
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  const event = JSON.parse(text.slice(0, text.indexOf('\n')));
  const took = performance.now() - start;
  if (event.type !== 'thread.started') throw new Error(`unexpected first line: ${text}`);
  child.kill('SIGINT');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return took;
}

const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * q)];

async function compare(name, request) {
  const started = await firstValueFrom(run$(request));
  await whenIdle();
  const env = { ...process.env, RUST_LOG: 'error', ...request.env };
  if (request.codexHome !== undefined) env.CODEX_HOME = request.codexHome;
  for (const key of Object.keys(env)) if (env[key] === undefined) delete env[key];
  const binary = started.command.split(' ')[0];
  const plain = { binary, argv: started.argv, cwd: request.workingDirectory, env, prompt: request.prompt };
  const times = { ours: [], bare: [] };
  for (let round = -3; round < runs; round += 1) {
    // Who goes first changes, and the first rounds warm up.
    const pair = round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
    for (const who of pair) {
      const took = who === 'ours' ? await ours(request) : await bare(plain);
      if (round >= 0) times[who].push(took);
    }
  }
  const show = (values) =>
    `${quantile(values, 0.5).toFixed(1)} (${quantile(values, 0.1).toFixed(1)}–${quantile(values, 0.9).toFixed(1)})`;
  const ratio = quantile(times.ours, 0.5) / quantile(times.bare, 0.5);
  process.stdout.write(`| ${name} | ${show(times.ours)} | ${show(times.bare)} | ${ratio.toFixed(3)} |\n`);
}

process.stdout.write(
  `| first event, ms: median (p10–p90) of ${runs} | codex-rx | bare spawn | ratio of medians |\n| --- | --- | --- | --- |\n`,
);

const scripted = await openScriptedModel([model.whenever(() => true, model.hang())]);
try {
  await compare('real CLI', { ...scripted.options, workingDirectory: process.cwd(), prompt: 'Say hello.' });
} finally {
  await scripted.close();
}

const fake = fakeCodex([
  { line: { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' } },
  { hang: true },
]);
try {
  await compare('fake CLI', { ...fake.options, workingDirectory: process.cwd(), prompt: 'Say hello.' });
} finally {
  await fake.dispose();
}
