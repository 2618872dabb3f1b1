import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { type CodexOptions, type ExecRequest, exec$, type ThreadEvent } from '@codex-rx/core';
import {
  type ModelScript,
  model,
  openScriptedModel,
  type RecordedRequest,
  type ScriptedModel,
} from '@codex-rx/testing';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { resolveBinary } from '../../src/binary/resolve.js';
import { cliCapabilities, type VersionedOption } from '../../src/request/cli-capabilities.js';
import { findRollouts$ } from '../../src/rollouts/find-rollouts.js';

/** A CLI to test: its version, and the path of its binary. */
export type Cli = readonly [version: string, binary: string];

/** The installed CLI, and others whose paths `CODEX_RX_CLIS` lists. */
export const clis: readonly Cli[] = [
  resolveBinary(),
  ...(process.env.CODEX_RX_CLIS ?? '').split(delimiter).filter((path) => path !== ''),
].map((binary) => [cliCapabilities(execFileSync(binary, ['--version'], { encoding: 'utf8' })).version, binary]);

/** Returns the CLIs that have an option. */
export function clisWith(option: VersionedOption): readonly Cli[] {
  return clis.filter(([version]) => !cliCapabilities(version).missing.has(option));
}

/** The effects of a run, from the requests to the model and the session file. */
export interface Effect {
  readonly events: readonly ThreadEvent[];
  /** The error of the run. */
  readonly error: unknown;
  readonly requests: readonly RecordedRequest[];
  /** The first request's body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The last `turn_context` of the run's session file; `undefined` if no turn started. */
  readonly context: Readonly<Record<string, unknown>> | undefined;
  /** The `session_meta` of the run's session file. */
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  readonly rollouts: readonly string[];
  /** The outputs of tools in the requests to the model. */
  readonly toolOutput: string;
  readonly toolNames: readonly string[];
}

/** Runs one request with a scripted model, and returns its effects. */
export async function effectOf(
  binary: string,
  request: Partial<ExecRequest>,
  script: ModelScript = [model.say('Done.')],
  prepare: (scripted: ScriptedModel) => Partial<ExecRequest> | undefined = () => undefined,
): Promise<Effect> {
  await using scripted = await openScriptedModel(script);
  const prepared = prepare(scripted) ?? {};
  const env = { ...scripted.options.env, ...request.env, ...prepared.env };
  return await observe(scripted, exec$({ prompt: 'Go.', ...scripted.options, ...request, ...prepared, env, binary }));
}

/** Returns the options of a run with the scripted model and the tested CLI. */
export function optionsOf(scripted: ScriptedModel, binary: string): CodexOptions {
  return { ...scripted.options, binary };
}

/** Runs to the end, and returns the effects. */
export async function observe(scripted: ScriptedModel, run$: Observable<ThreadEvent>): Promise<Effect> {
  const before = scripted.requests.length;
  const events: ThreadEvent[] = [];
  let error: unknown;
  await new Promise<void>((resolve) => {
    run$.subscribe({
      next: (event) => events.push(event),
      error: (reason: unknown) => {
        error = reason;
        resolve();
      },
      complete: resolve,
    });
  });
  const requests = scripted.requests.slice(before);
  const rollouts = await lastValueFrom(findRollouts$(scripted.options.codexHome).pipe(toArray()));
  const threadId = events[0]?.thread_id;
  const own = rollouts.find((path) => threadId !== undefined && path.includes(threadId));
  return {
    events,
    error,
    requests,
    body: requests[0]?.body ?? {},
    context: own === undefined ? undefined : recordsOf(own, 'turn_context').at(-1),
    meta: own === undefined ? undefined : recordsOf(own, 'session_meta')[0],
    rollouts,
    toolOutput: requests.flatMap(({ toolOutputs }) => toolOutputs.map(({ output }) => output)).join('\n'),
    toolNames: (requests[0]?.tools ?? []).map(({ name, type }) => String(name ?? type)),
  };
}

function recordsOf(path: string, type: string): Readonly<Record<string, unknown>>[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"type":"${type}"`))
    .map((line) => (JSON.parse(line) as { payload: Readonly<Record<string, unknown>> }).payload);
}
