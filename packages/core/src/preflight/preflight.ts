import { constants, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { catchError, defer, forkJoin, from, map, type Observable, of, switchMap } from 'rxjs';
import { resolveBinary } from '../binary/resolve.js';
import { loginStatus$ } from '../commands/auth/login-status.js';
import type { CommandOptions } from '../commands/command-options.js';
import { resolveHome } from '../commands/resolve-home.js';
import { version$ } from '../commands/version.js';
import { isCodexError } from '../errors/is-codex-error.js';
import type { HomeInspection } from '../home/inspect.js';
import { inspectConfig } from '../home/inspect-config.js';
import { codexHome } from '../home/layout.js';
import { readHomeEnv } from '../home/read-home-env.js';
import { validateRunOptions } from '../request/validate.js';
import { type Found, type PreflightFacts, valueOf } from './facts.js';
import { findProblems } from './find-problems.js';
import type { Preflight, PreflightOptions } from './types.js';

/**
 * Emits whether runs with these options can begin, once, then completes: which CLI there is, its version, its home
 * and its login, and, if something is missing, what to do. Nothing is created, changed, or asked over a network.
 *
 * What is found wrong is a problem, not an error. Errors: `RequestError` (`REQUEST_INVALID`) for options that no run
 * takes, `AbortError` (`ABORT_ERR`) by `signal`. Unsubscribing ends what was started.
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
    return from(findOut(options)).pipe(
      switchMap((facts) =>
        forkJoin({ version: askVersion$(facts), login: askLogin$(facts) }).pipe(
          map((answers) => judge({ ...facts, ...answers })),
        ),
      ),
    );
  });
}

function judge(facts: PreflightFacts): Preflight {
  const problems = findProblems(facts);
  return {
    ready: problems.length === 0,
    problems,
    binary: valueOf(facts.binary),
    version: valueOf(facts.version)?.version,
    login: valueOf(facts.login),
    home: valueOf(facts.home),
  };
}

/** All that needs no CLI. */
async function findOut(options: PreflightOptions): Promise<PreflightFacts> {
  const env = options.inheritEnv === false ? { ...options.env } : { ...process.env, ...options.env };
  const { root } = resolveHome(options);
  const home = await attempt(() => codexHome(root).inspect());
  return {
    options,
    env: { ...env, ...readHomeEnv(root) },
    binary: await attempt(() => Promise.resolve(resolveBinary(options))),
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

/** Anything but a `RequestError` and the end by a signal is a finding. */
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

function ask$<T>(answer$: Observable<T>): Observable<Found<T>> {
  return answer$.pipe(
    map((value) => ({ value })),
    catchError((error: unknown) => of(finding(error))),
  );
}

function askVersion$(facts: PreflightFacts): Observable<PreflightFacts['version']> {
  return valueOf(facts.binary) === undefined ? of(undefined) : ask$(version$(commandOptions(facts)));
}

/** A home that is not there is not logged in; the CLI would refuse to say so. */
function askLogin$(facts: PreflightFacts): Observable<PreflightFacts['login']> {
  const home: HomeInspection | undefined = valueOf(facts.home);
  if (valueOf(facts.binary) === undefined || home === undefined || home.config.problem !== undefined)
    return of(undefined);
  if (!home.exists) return of({ value: { state: 'loggedOut' } });
  return ask$(loginStatus$(commandOptions(facts)));
}

/** Run where there is a folder for certain, and without creating anything. */
function commandOptions({ options, binary, home }: PreflightFacts): CommandOptions {
  const { codexHome: own, env, inheritEnv, config, configOverrides, enable, disable, terminateGrace, signal } = options;
  return {
    binary: valueOf(binary),
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
