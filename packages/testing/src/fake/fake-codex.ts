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

/** A fake CLI: an executable on disk, and what its invocations saw. */
export interface FakeCodex extends AsyncDisposable {
  /** Path of the executable. */
  readonly binary: string;
  /** Options of a request that runs it. */
  readonly options: { readonly binary: string };
  /** What each invocation saw so far, in the order in which they started; answers to `--version` left out. */
  invocations(): FakeInvocation[];
  /** How often `--version` was answered. */
  versionProbes(): number;
  /** All processes that the fake ever was or started, also those that are gone. */
  pids(): number[];
  /** Ends what is left of them and removes the files. May be called again. */
  dispose(): Promise<void>;
}

/**
 * Makes an executable that behaves as scripted and reports what it saw.
 *
 * It is a real program, so it can do what the real CLI cannot be made to do: write half a line, ignore signals, leave processes behind, flood a pipe.
 * Its files are in a private temporary folder (environments hold secrets) until `dispose()`, at the latest until this process exits.
 *
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { fakeCodex } from '@codex-rx/testing';
 * import { lastValueFrom, map, toArray } from 'rxjs';
 *
 * const fake = fakeCodex([{ line: { type: 'thread.started', thread_id: 't' } }, { wait: 50 }, { line: '{"type":"turn.completed"}' }]);
 * const types = await lastValueFrom(exec$({ prompt: 'hello', ...fake.options }).pipe(map((event) => event.type), toArray()));
 * console.log(types, fake.invocations()[0]?.stdin); // [ 'thread.started', 'turn.completed' ] hello
 * await fake.dispose();
 * ```
 *
 * @throws RequestError (`REQUEST_INVALID`) for a script that cannot be played; `field` says where.
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
    // Without its folder a fake that is only starting ends by itself; whatever had started before is known by now.
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
 * A fake that does what the real CLI did in a recorded run: a shipped one by its name, or one's own by its path. The version that it answers with is
 * that of the recording.
 *
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
 * @throws RequestError (`REQUEST_INVALID`) if there is no such fixture.
 */
fakeCodex.fromFixture = (source: Fixture | FixtureSource, options?: FixtureScriptOptions): FakeCodex =>
  fakeCodex(fixtureScript(source, options));

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone.
  }
}

/** The kernel takes the interpreter's path up to the first blank, and cuts long lines. */
const fitsInterpreterLine = (path: string): boolean => !/\s/.test(path) && path.length < 120;

function writeExecutable(folder: string): string {
  const program = join(packageRoot(), 'programs', 'fake-codex.cjs');
  const main = `'use strict';\nrequire(${JSON.stringify(program)}).play(__dirname);\n`;
  // Whatever package the temporary folder is in: these files are CommonJS.
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
