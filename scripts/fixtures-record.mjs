// Records fixtures from the real CLI, which runs against scripted models without a network.
//   npm run fixtures:record                                  all cases, the pinned version
//   npm run fixtures:record -- --codex 0.125.0 everything    one case, another version
//   npm run fixtures:record -- --sessions                    the session files of the cases in session-cases.mjs
// Writes fixtures/<version>/<case>.jsonl and .meta.json. Ids, paths, ports and times of day are made the same in
// every recording; a case whose lines did not change keeps its files, arrival times included. With --sessions writes
// the session files and the streams to packages/core/test/rollouts/files/<version>/, with their ids and times.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isCodexError, resolveBinary, run$ } from '@codex-rx/core';
import { openScriptedModel } from '@codex-rx/testing';
import { catchError, EMPTY, lastValueFrom, tap } from 'rxjs';
import { cases as streamCases } from './fixture-cases.mjs';
import { installedCli } from './installed-cli.mjs';
import { forkSession } from './lib/fork-session.mjs';
import { openRawModel } from './lib/raw-model.mjs';
import { writeSessionFiles } from './lib/session-files.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';
import { createNormalizer } from './normalize-run.mjs';
import { sessionCases } from './session-cases.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies['@openai/codex'];
const { values, positionals } = parseArgs({
  options: { codex: { type: 'string', default: pinned }, sessions: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const version = values.codex;
const cases = values.sessions ? sessionCases(version) : streamCases;

/** One run of the CLI: its lines as they came, and how it ended. */
async function record(request) {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  const run = { argv: [], lines: [], line_ms: [], stderr: '', exit_code: null, signal: null };
  const keepLine = tap((line) => {
    run.lines.push(typeof line === 'string' ? line : line.text);
    run.line_ms.push(elapsed());
  });
  const signals$ = run$({ ...request, lines: (lines$) => lines$.pipe(keepLine) }).pipe(
    tap((signal) => {
      if (signal.type === 'started') run.argv = signal.argv;
      if (signal.type === 'stderr') run.stderr += signal.text;
      if (signal.type === 'exited') Object.assign(run, { exit_code: signal.code, signal: signal.signal });
    }),
    // A failed turn is what some cases are for.
    catchError((error) => {
      if (isCodexError(error, 'TURN_FAILED')) return EMPTY;
      throw error;
    }),
  );
  await lastValueFrom(signals$, { defaultValue: undefined });
  return { ...run, wall_ms: elapsed() };
}

/**
 * Runs a case in a scratch folder: one run for each of its prompts, the later ones on the first one's thread, then a
 * turn on a fork of that thread.
 */
async function recordCase(
  { name, shows, script, responses, options = {}, files = {}, prompts = ['Do it'], fork, request = {} },
  binary,
) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-fixture-')));
  const model = await (responses === undefined ? openScriptedModel(script, options) : openRawModel(responses, options));
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const replacements = {
      [folder]: '/home/user/project',
      [model.options.codexHome]: '/home/user/.codex',
      [model.options.env.HOME]: '/home/user',
      [model.url]: 'http://127.0.0.1:8765/v1',
    };
    const env = { ...model.options.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' };
    const common = { ...model.options, ...request, env, binary, workingDirectory: folder, timeout: 60_000 };
    const runs = [];
    let session;
    for (const prompt of prompts) {
      const run = await record({ ...common, prompt, ...(session !== undefined && { command: 'resume', session }) });
      session ??= JSON.parse(run.lines[0] ?? '{}').thread_id;
      runs.push(run);
    }
    if (fork !== undefined) {
      await forkSession({ binary, ...model.options, env, cwd: folder, threadId: session, prompt: fork });
    }
    model.assertDone();
    if (values.sessions) {
      const target = join(root, 'packages', 'core', 'test', 'rollouts', 'files', version);
      const lines = runs.flatMap((run) => run.lines);
      await writeSessionFiles({ home: model.options.codexHome, target, name, lines, replacements });
      return;
    }
    const normalize = createNormalizer(replacements);
    for (const [index, run] of runs.entries()) {
      const [suffix, which] = runs.length > 1 ? [`-${String(index + 1)}`, ` (run ${String(index + 1)})`] : ['', ''];
      write(`${name}${suffix}`, { shows: `${shows}${which}`, ...run }, normalize);
    }
  } finally {
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(name, { lines, shows, argv, exit_code, signal, stderr, line_ms, wall_ms }, normalize) {
  const base = join(root, 'fixtures', version, name);
  const text = lines.map((line) => `${normalize(line)}\n`).join('');
  const unchanged = existsSync(`${base}.jsonl`) && readFileSync(`${base}.jsonl`, 'utf8') === text;
  process.stdout.write(
    `${unchanged ? 'same    ' : 'written '} fixtures/${version}/${name}.jsonl  ${String(lines.length)} lines\n`,
  );
  if (unchanged && existsSync(`${base}.meta.json`)) return;
  const meta = {
    version,
    shows,
    argv: argv.map(normalize),
    exit_code,
    signal,
    stderr: normalize(stderr),
    line_ms,
    wall_ms,
  };
  mkdirSync(dirname(base), { recursive: true });
  writeFileSync(`${base}.jsonl`, text);
  writeFileSync(`${base}.meta.json`, `${JSON.stringify(meta, undefined, 2)}\n`);
}

async function main() {
  const chosen = cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const unknown = positionals.filter((name) => !cases.some((known) => known.name === name));
  if (unknown.length > 0) {
    throw new Error(`No case ${unknown.join(', ')}. There are: ${cases.map(({ name }) => name).join(', ')}`);
  }
  const binary = version === pinned ? resolveBinary() : installedCli(version);
  if (!isLoopbackOnly()) {
    const inside = inLoopbackOnly([process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
    if (inside !== undefined) {
      process.exitCode = spawnSync(inside[0], inside.slice(1), { stdio: 'inherit' }).status ?? 1;
      return;
    }
    if (version !== pinned) {
      throw new Error(
        `codex ${version} could reach a network here, and no loopback-only network namespace can be made. It is not run.`,
      );
    }
  }
  for (const each of chosen) await recordCase(each, binary);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}
