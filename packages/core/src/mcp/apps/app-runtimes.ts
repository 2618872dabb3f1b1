import { join } from 'node:path';
import { defer, map, type Observable, of } from 'rxjs';
import { type AppServer, type AppServerOptions, appServer$, openAppServer } from '../../app-server/index.js';
import { editConfig$, readConfig } from '../../commands/mcp/config-file.js';
import { HomeError, RequestError } from '../../errors/index.js';
import { codexHome } from '../../home/layout.js';
import type { HomePaths } from '../../home/paths.js';
import { checkList, checkNotEmpty, checkPath, checkString, checkTable } from '../../request/checks.js';
import { isTable } from '../../request/is-table.js';
import { type Check, validateNamed } from '../../request/validate.js';
import { isSecretKey, isSecretVariable } from '../../secrets/secret-names.js';
import { containsSecretText } from '../../secrets/secret-text.js';
import { AppRuntimePool } from './app-pool.js';

/** A stored configuration of an app-server. Every field is optional: what is missing is taken from the defaults. */
export interface AppRuntimeDefinition
  extends Pick<
    AppServerOptions,
    'binary' | 'codexHome' | 'model' | 'config' | 'enable' | 'disable' | 'requestTimeout' | 'terminateGrace'
  > {
  /** The purpose of the runtime. */
  readonly description?: string | undefined;
  /** Words to find the runtime by. */
  readonly tags?: readonly string[] | undefined;
  /** Variables of the server. They must not be secrets, which are passed in the environment or in the defaults. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Data of the program, as JSON. */
  readonly metadata?: unknown;
}

/** A stored configuration with its name. */
export interface AppRuntime extends AppRuntimeDefinition {
  /** The name of the runtime. */
  readonly name: string;
}

/** How to start an app-server: the stored configuration over the defaults. */
export interface AppRuntimeLauncher {
  /** The name of the runtime. */
  readonly name: string;
  /** The stored configuration. */
  readonly runtime: AppRuntime;
  /** Returns the options of the server, which may contain secrets of the defaults. */
  options(): AppServerOptions;
}

/** Named app-servers of a home. Observables are cold. */
export interface AppRuntimes {
  /** The file. */
  readonly path: string;
  /** Emits the stored configurations by name, once. */
  list$(): Observable<readonly AppRuntime[]>;
  /** Emits a configuration, once; `undefined` if it does not exist. */
  get$(name: string): Observable<AppRuntime | undefined>;
  /** Stores a configuration. Errors with a `RequestError` if the name is in use, unless `overwrite` is set. */
  add$(
    name: string,
    runtime: AppRuntimeDefinition,
    options?: { readonly overwrite?: boolean | undefined },
  ): Observable<AppRuntime>;
  /** Changes fields of a configuration; `undefined` removes a field. */
  update$(name: string, changes: AppRuntimeDefinition): Observable<AppRuntime>;
  /** Removes a configuration. Emits it; `undefined` if it does not exist. */
  remove$(name: string): Observable<AppRuntime | undefined>;
  /** Returns how to start a server. Starts nothing. @throws RequestError, HomeError */
  launcher(name: string): AppRuntimeLauncher;
  /** Starts a server of its own, emits it, and ends it when unsubscribed. Errors as `appServer$`. */
  start$(name: string): Observable<AppServer>;
  /** The same as a promise of a server, to be disposed. */
  start(name: string): Promise<AppServer & AsyncDisposable>;
  /** Returns a pool, which has at most one server for each name. */
  pool(): AppRuntimePool;
}

/** The CLI does not read this file. */
const FILE = 'app-runtimes.json';
const NAME = /^[\w:@/.-]+$/;

/**
 * Stores named configurations of app-servers in `app-runtimes.json` of a home, and starts them. The file is edited as
 * `config.toml` by `mcpConfig`: as a whole, readable by its owner only, one process at a time.
 *
 * @example
 * ```ts
 * import { appRuntimes } from '@codex-rx/core/mcp';
 *
 * const runtimes = appRuntimes('data/codex-home', { codexHome: 'data/codex-home' });
 * runtimes.add$('review', { config: { model_reasoning_effort: 'high' }, tags: ['ci'] }, { overwrite: true }).subscribe({
 *   next: ({ name }) => console.log(runtimes.launcher(name).options()),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 *
 * @param home the folder, or the layout that `codexHome` returns
 * @param defaults options of the servers. Those of a stored configuration win; variables are merged.
 */
export function appRuntimes(home: string | HomePaths, defaults: AppServerOptions = {}): AppRuntimes {
  const path = join((typeof home === 'string' ? codexHome(home) : home).root, FILE);
  const edit$ = (
    name: string,
    change: (stored: AppRuntimeDefinition | undefined) => AppRuntimeDefinition | undefined,
  ) =>
    editConfig$(path, (text) => {
      const runtimes = parse(text);
      const stored = Object.hasOwn(runtimes, name) ? runtimes[name] : undefined;
      const changed = change(stored);
      if (changed === stored) return { text, stored, changed };
      const all = Object.fromEntries([...Object.entries(runtimes).filter(([key]) => key !== name), [name, changed]]);
      return { text: `${JSON.stringify({ app_runtimes: all }, undefined, 2)}\n`, stored, changed };
    }).pipe(map(({ edit }) => edit));
  const find = (name: string): AppRuntime => {
    checkName(name);
    const runtime = read(path).find((one) => one.name === name);
    if (runtime === undefined) throw new RequestError('name', `must be that of a stored runtime: ${name} is not.`);
    return runtime;
  };
  const launcher = (name: string): AppRuntimeLauncher => {
    const runtime = find(name);
    return Object.freeze({ name, runtime, options: () => mergeOptions(runtime, defaults) });
  };
  const start = async (name: string): Promise<AppServer & AsyncDisposable> => openAppServer(launcher(name).options());
  return Object.freeze({
    path,
    list$: () => defer(() => of(read(path))),
    get$: (name: string) =>
      defer(() => {
        checkName(name);
        return of(read(path)).pipe(map((runtimes) => runtimes.find((one) => one.name === name)));
      }),
    add$: (name: string, runtime: AppRuntimeDefinition, { overwrite = false } = {}) =>
      defer(() => {
        checkName(name);
        if (containsSecretText(name)) rejectSecret('name');
        validate('runtime', runtime);
        return edit$(name, (stored) => {
          if (stored !== undefined && !overwrite)
            throw new RequestError('name', `is in use by another runtime: ${name}. Set "overwrite" to replace it.`);
          return runtime;
        }).pipe(map(() => find(name)));
      }),
    update$: (name: string, changes: AppRuntimeDefinition) =>
      defer(() => {
        checkName(name);
        validate('changes', changes);
        return edit$(name, (stored) => {
          if (stored === undefined) throw new RequestError('name', `must be that of a stored runtime: ${name} is not.`);
          return { ...stored, ...changes };
        }).pipe(map(() => find(name)));
      }),
    remove$: (name: string) =>
      defer(() => {
        checkName(name);
        return edit$(name, () => undefined).pipe(
          map(({ stored }) => (stored === undefined ? undefined : { ...stored, name })),
        );
      }),
    launcher,
    start$: (name: string) => defer(() => appServer$(launcher(name).options())),
    start,
    pool: () => new AppRuntimePool((name) => launcher(name).options()),
  });
}

/** Fields that are not options of a server. */
const OWN_FIELDS = ['name', 'description', 'tags', 'metadata'];

function mergeOptions(runtime: AppRuntime, defaults: AppServerOptions): AppServerOptions {
  const options = Object.entries(runtime).filter(([field]) => !OWN_FIELDS.includes(field));
  return { ...defaults, ...Object.fromEntries(options), env: { ...defaults.env, ...runtime.env } };
}

type Stored = Readonly<Record<string, AppRuntimeDefinition>>;

/** @throws Error that does not quote the text */
function parse(text: string): Stored {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  const runtimes = isTable(value) ? value.app_runtimes : undefined;
  if (!isTable(runtimes)) throw new Error('it has no object "app_runtimes"');
  return runtimes as unknown as Stored;
}

/** @throws HomeError */
function read(path: string): readonly AppRuntime[] {
  try {
    const runtimes = Object.entries(parse(readConfig(path) ?? ''));
    return runtimes
      .map(([name, runtime]) => {
        validate(name, runtime);
        return { ...runtime, name };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof HomeError) throw error;
    throw new HomeError(path, `is not a valid list of runtimes: ${(error as Error).message}.`);
  }
}

function checkName(name: unknown): asserts name is string {
  checkNotEmpty('name', name);
  if (!NAME.test(name))
    throw new RequestError('name', 'may have letters, digits and - _ : @ / . only. Choose another name.');
}

const NAMED = ['codexHome', 'config', 'enable', 'disable', 'terminateGrace', 'model'];
const CHECKS: Readonly<Record<string, Check | string>> = {
  binary: checkPath,
  requestTimeout: 'timeout',
  description: checkText,
  tags: (field, value) => {
    checkList(field, value, (at, tag) => {
      checkNotEmpty(at, tag);
      checkText(at, tag);
    });
  },
  env: (field, value) => {
    for (const [name, text] of Object.entries(checkTable(field, value))) {
      checkString(`${field}.${name}`, text);
      if (isSecretVariable(name) || containsSecretText(text)) rejectSecret(`${field}.${name}`);
    }
  },
  metadata: (field, value) => {
    if (typeof value === 'function' || typeof value === 'symbol') throw new RequestError(field, 'must be JSON.');
    if (hasSecret(value)) rejectSecret(field);
  },
};

function checkText(field: string, value: unknown): void {
  checkString(field, value);
  if (containsSecretText(value)) rejectSecret(field);
}

function rejectSecret(field: string): never {
  throw new RequestError(field, 'looks like a secret, which would be stored. Set it in the defaults.');
}

/** Returns whether JSON has a string that looks like a secret, or that a key names as one. */
function hasSecret(json: unknown): boolean {
  let found = false;
  JSON.stringify(json, (key, value: unknown) => {
    const isSecret = typeof value === 'string' && value !== '' && (isSecretKey(key) || containsSecretText(value));
    found ||= isSecret || containsSecretText(key);
    return value;
  });
  return found;
}

/** @throws RequestError */
function validate(at: string, runtime: unknown): void {
  checkTable(at, runtime);
  validateNamed(runtime as object, NAMED, CHECKS);
}
