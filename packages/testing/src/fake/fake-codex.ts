import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fixture } from '../fixtures/fixture.js';
import type { FixtureSource } from '../fixtures/load-fixture.js';
import { findProcesses } from '../processes/find-processes.js';
import { isAlive, processStartTime } from '../processes/is-alive.js';
import { waitUntil } from '../processes/wait-until.js';
import { registerResource, unregisterResource } from '../util/open-resources.js';
import { packageRoot } from '../util/package-root.js';
import { encodeScript } from './encode-fake-script.js';
import type { FakeScript, FakeStep } from './fake-script.js';
import { type FixtureScriptOptions, fixtureScript } from './fixture-script.js';
import { type FakeInvocation, listFolder, readInvocations, readProcesses } from './invocations.js';

/** A fake CLI: an executable file and the reports of its invocations. */
export interface FakeCodex extends AsyncDisposable {
  /** Path of the executable. */
  readonly binary: string;
  /** Options of a request that runs the fake. */
  readonly options: { readonly binary: string };
  /** Returns the reports of the invocations in the order of their starts, without those of `--version`. */
  invocations(): FakeInvocation[];
  /** Returns the number of `--version` invocations. */
  versionProbes(): number;
  /** Returns the pids of all invocations and of the processes that they started, also of those that have exited. */
  pids(): number[];
  /** Kills the remaining processes and removes the files. May be called again. */
  dispose(): Promise<void>;
}

/**
 * Creates an executable that plays a script and reports its invocations.
 *
 * A fake can do what the real CLI does only by accident: write half a line, ignore signals, leave processes behind,
 * flood a pipe. Its files are in a private temporary folder, because environments contain secrets. `dispose()` or the
 * exit of this process removes them.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { fakeCodex } from '@codex-rx/testing';
 * import { lastValueFrom, map, toArray } from 'rxjs';
 *
 * const started = { type: 'thread.started', thread_id: 't' };
 * const fake = fakeCodex([{ line: started }, { wait: 50 }, { line: '{"type":"turn.completed"}' }]);
 * const run$ = exec$({ prompt: 'hello', ...fake.options });
 * const types = await lastValueFrom(run$.pipe(map(({ type }) => type), toArray()));
 * console.log(types, fake.invocations()[0]?.stdin); // [ 'thread.started', 'turn.completed' ] hello
 * await fake.dispose();
 * ```
 *
 * @throws RequestError (`REQUEST_INVALID`) if the script is invalid; `field` is the path of the invalid step.
 */
export function fakeCodex(script: FakeScript | readonly FakeStep[]): FakeCodex {
  const encoded = encodeScript(script);
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-fake-'));
  writeFileSync(join(folder, 'script.json'), encoded, { mode: 0o600 });
  const binary = writeExecutable(folder);
  const resource = { disposeSync };
  registerResource(resource);

  function killAll(): void {
    for (const { pid, startTime } of readProcesses(folder)) if (processStartTime(pid) === startTime) kill(pid);
    for (const pid of findProcesses('CODEX_FAKE_FOLDER', folder)) kill(pid);
  }
  function disposeSync(): void {
    // Without its script, a fake that is starting exits by itself. Every earlier start has been reported.
    rmSync(join(folder, 'script.json'), { force: true });
    killAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    unregisterResource(resource);
  }
  async function dispose(): Promise<void> {
    const running = readProcesses(folder).filter(({ pid, startTime }) => processStartTime(pid) === startTime);
    disposeSync();
    await waitUntil(() => !running.some(({ pid, startTime }) => processStartTime(pid) === startTime && isAlive(pid)));
  }

  return {
    binary,
    options: { binary },
    invocations: () => readInvocations(folder),
    versionProbes: () => listFolder(join(folder, 'probes')).length,
    pids: () => readProcesses(folder).map(({ pid }) => pid),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/**
 * Creates a fake that replays a recorded run, given by the name of a shipped fixture or by its path. `--version` prints
 * the version of the recording.
 *
 * @example
 * ```ts
 * import { sendPrompt$ } from '@codex-rx/core';
 * import { fakeCodex } from '@codex-rx/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * const fake = fakeCodex.fromFixture('0.169.0/plain-answer', { pace: 'recorded' });
 * console.log(await lastValueFrom(sendPrompt$({ prompt: 'hello', ...fake.options })));
 * await fake.dispose();
 * ```
 *
 * @throws RequestError (`REQUEST_INVALID`) if the fixture does not exist.
 */
fakeCodex.fromFixture = (source: Fixture | FixtureSource, options?: FixtureScriptOptions): FakeCodex =>
  fakeCodex(fixtureScript(source, options));

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has exited.
  }
}

/** The kernel truncates the interpreter line at a blank and at a maximum length. */
const fitsInterpreterLine = (path: string): boolean => !/\s/.test(path) && path.length < 120;

function writeExecutable(folder: string): string {
  const program = join(packageRoot(), 'programs', 'fake-codex.cjs');
  const main = `'use strict';\nrequire(${JSON.stringify(program)}).play(__dirname);\n`;
  // The temporary folder may be part of a package of ES modules.
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  if (process.platform === 'win32') {
    writeFileSync(join(folder, 'codex.cjs'), main);
    writeFileSync(join(folder, 'codex.cmd'), `@"${process.execPath}" "%~dp0codex.cjs" %*\r\n`);
    return join(folder, 'codex.cmd');
  }
  const binary = join(folder, 'codex');
  if (fitsInterpreterLine(process.execPath)) {
    writeFileSync(binary, `#!${process.execPath}\n${main}`);
  } else {
    writeFileSync(join(folder, 'codex.cjs'), main);
    writeFileSync(binary, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(join(folder, 'codex.cjs'))} "$@"\n`);
  }
  chmodSync(binary, 0o700);
  return binary;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
