import { constants, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { catchError, defer, forkJoin, from, map, type Observable, of, switchMap } from 'rxjs';
import { locateBinary } from '../binary/resolve.js';
import { loginStatus$ } from '../commands/auth/login-status.js';
import type { CommandOptions } from '../commands/command-options.js';
import { version$ } from '../commands/version.js';
import { isCodexError } from '../errors/is-codex-error.js';
import type { HomeInspection } from '../home/inspect.js';
import { inspectConfig } from '../home/inspect-config.js';
import { codexHome } from '../home/layout.js';
import { readHomeEnv } from '../home/read-home-env.js';
import { resolveHome } from '../home/resolve-home.js';
import { validateRunOptions } from '../request/validate.js';
import { type Found, type PreflightFacts, valueOf } from './facts.js';
import { findProblems } from './find-problems.js';
import type { Preflight, PreflightOptions } from './types.js';
import { workspaceProblems } from './workspace-problems.js';

/**
 * Emits once whether runs with these options can start, then completes: the CLI, its version, its home, its login,
 * and problems with advice. Creates and changes nothing, and does not use the network.
 *
 * A finding is a problem, not an error. Errors with `RequestError` (`REQUEST_INVALID`) for options that no run accepts,
 * and with `AbortError` (`ABORT_ERR`) when `signal` aborts. Unsubscribing ends the processes that it started.
 *
 * @example
 * ```ts
 * import { preflight$ } from '@codex-rx/core';
 *
 * preflight$({ codexHome: 'data/codex-home', profile: 'work' }).subscribe(({ ready, version, problems }) => {
 *   if (ready) console.log(`codex ${version} is ready`);
 *   for (const { code, message } of problems) console.error(`${code}: ${message}`);
 * });
 * ```
 */
export function preflight$(options: PreflightOptions = {}): Observable<Preflight> {
  return defer(() => {
    validateRunOptions(options);
    return from(collectFacts(options)).pipe(
      switchMap((facts) =>
        forkJoin({ version: probeVersion$(facts), login: probeLogin$(facts) }).pipe(
          map((answers) => report({ ...facts, ...answers })),
        ),
      ),
    );
  });
}

function report(facts: PreflightFacts): Preflight {
  const problems = findProblems(facts);
  return {
    ready: problems.length === 0,
    problems,
    binary: valueOf(facts.binary)?.path,
    binarySource: valueOf(facts.binary)?.source,
    version: valueOf(facts.version)?.version,
    login: valueOf(facts.login),
    home: valueOf(facts.home),
  };
}

/** Finds the facts that do not need the CLI. */
async function collectFacts(options: PreflightOptions): Promise<PreflightFacts> {
  const env = options.inheritEnv === false ? { ...options.env } : { ...process.env, ...options.env };
  const { root } = resolveHome(options);
  const home = await attempt(() => codexHome(root).inspect());
  return {
    options,
    env: { ...env, ...readHomeEnv(root) },
    binary: await attempt(() => Promise.resolve(locateBinary(options))),
    version: undefined,
    login: undefined,
    home,
    homeIsClosed: valueOf(home)?.exists === true && !(await isOpen(root)),
    homeFrom: options.codexHome !== undefined ? 'option' : (env.CODEX_HOME ?? '') !== '' ? 'environment' : 'default',
    profile:
      options.profile === undefined ? undefined : await inspectConfig(join(root, `${options.profile}.config.toml`)),
    hasWorkingDirectory: options.workingDirectory === undefined || isFolder(options.workingDirectory),
  };
}

/** Every error except `RequestError` and `AbortError` is a finding. */
async function attempt<T>(task: () => Promise<T>): Promise<Found<T>> {
  try {
    return { value: await task() };
  } catch (error) {
    return finding(error);
  }
}

function finding(error: unknown): Found<never> {
  if (!isCodexError(error) || error.code === 'REQUEST_INVALID' || error.code === 'ABORT_ERR') throw error;
  return { error };
}

function finding$<T>(source$: Observable<T>): Observable<Found<T>> {
  return source$.pipe(
    map((value) => ({ value })),
    catchError((error: unknown) => of(finding(error))),
  );
}

/** A binary that the agent could have replaced is not executed. */
function canExecute(facts: PreflightFacts): boolean {
  return (
    valueOf(facts.binary) !== undefined && !workspaceProblems(facts).some(({ code }) => code === 'BINARY_IN_WORKSPACE')
  );
}

function probeVersion$(facts: PreflightFacts): Observable<PreflightFacts['version']> {
  return canExecute(facts) ? finding$(version$(commandOptions(facts))) : of(undefined);
}

/** A home that does not exist is not logged in; the CLI rejects it. */
function probeLogin$(facts: PreflightFacts): Observable<PreflightFacts['login']> {
  const home: HomeInspection | undefined = valueOf(facts.home);
  if (!canExecute(facts) || home === undefined || home.config.problem !== undefined) return of(undefined);
  if (!home.exists) return of({ value: { state: 'loggedOut' } });
  return finding$(loginStatus$(commandOptions(facts)));
}

/** Uses the home only if it exists, and creates nothing. */
function commandOptions({ options, binary, home }: PreflightFacts): CommandOptions {
  const { codexHome: own, env, inheritEnv, config, configOverrides, enable, disable, terminateGrace, signal } = options;
  return {
    binary: valueOf(binary)?.path,
    codexHome: own ?? (valueOf(home)?.exists === true ? valueOf(home)?.root : undefined),
    createHomeDirs: false,
    env,
    inheritEnv,
    config,
    configOverrides,
    enable,
    disable,
    terminateGrace,
    signal,
  };
}

function isFolder(path: string): boolean {
  return statSync(resolve(path), { throwIfNoEntry: false })?.isDirectory() === true;
}

async function isOpen(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
