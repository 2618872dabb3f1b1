import type { Observable } from 'rxjs';
import type * as commandModule from '../commands/index.js';
import type * as preflightModule from '../preflight/preflight.js';
import type { CodexOptions } from '../request/types.js';
import type * as sessionsModule from '../sessions/sessions.js';
import { lazyModule } from './lazy-module.js';

type Commands = typeof commandModule;

/** Methods of a client, and the functions of `@codex-rx/core/commands` that they call. */
const groups = {
  auth: {
    /** Emits how the CLI is logged in. */
    status$: 'loginStatus$',
    /** Logs in with ChatGPT or an API key. */
    login$: 'login$',
    /** Removes the login. */
    logout$: 'logout$',
    /** Logs in with an API key, unless the CLI is logged in. */
    ensureApiKey$: 'ensureApiKeyLogin$',
    /** Logs in with ChatGPT, unless the CLI is logged in. */
    ensureChatGpt$: 'ensureChatGptLogin$',
  },
  cloud: {
    /** Starts a task. */
    exec$: 'cloudExec$',
    /** Emits a page of tasks. */
    list$: 'cloudList$',
    /** Emits how far a task is. */
    status$: 'cloudStatus$',
    /** Emits the diff of a task. */
    diff$: 'cloudDiff$',
    /** Applies the diff of a task to the working directory. */
    apply$: 'cloudApply$',
  },
  features: {
    /** Emits the features and whether they are enabled. */
    list$: 'features$',
    /** Enables a feature in `config.toml`. */
    enable$: 'enableFeature$',
    /** Disables a feature in `config.toml`. */
    disable$: 'disableFeature$',
  },
  mcp: {
    /** Emits the servers. */
    list$: 'mcpList$',
    /** Emits one server. */
    get$: 'mcpGet$',
    /** Adds or replaces a server. */
    add$: 'mcpAdd$',
    /** Removes a server. */
    remove$: 'mcpRemove$',
    /** Logs in to a server by OAuth. */
    login$: 'mcpLogin$',
    /** Removes the login to a server. */
    logout$: 'mcpLogout$',
  },
  plugins: {
    /** Emits the plugins. */
    list$: 'pluginList$',
    /** Installs a plugin. */
    add$: 'pluginAdd$',
    /** Removes a plugin. */
    remove$: 'pluginRemove$',
  },
  marketplaces: {
    /** Emits the marketplaces. */
    list$: 'marketplaceList$',
    /** Adds a marketplace. */
    add$: 'marketplaceAdd$',
    /** Removes a marketplace. */
    remove$: 'marketplaceRemove$',
    /** Upgrades marketplaces of Git repositories. */
    upgrade$: 'marketplaceUpgrade$',
  },
} as const satisfies Record<string, Record<string, keyof Commands>>;

const standalone = [
  'apply$',
  'sandbox$',
  'checkExecPolicy$',
  'generateAppServerBindings$',
  'version$',
  'help$',
  'doctor$',
  'debug$',
  'command$',
  'responsesApiProxy$',
  'stdioToUds$',
] as const satisfies (keyof Commands)[];

const resources = ['openResponsesApiProxy', 'openStdioToUds'] as const satisfies (keyof Commands)[];

type Groups = typeof groups;
type Group<Methods extends Record<string, keyof Commands>> = {
  readonly [Method in keyof Methods]: Commands[Methods[Method]];
};

/** The one-shot commands, with the signatures of `@codex-rx/core/commands`. */
export interface CommandMethods
  extends Readonly<Pick<Commands, (typeof standalone)[number] | (typeof resources)[number]>> {
  // These have no hover otherwise: the index of commands re-exports them by name.
  /** Applies the latest diff of a cloud task to the working directory. */
  readonly apply$: Commands['apply$'];
  /** Emits the catalog of models, or the input of the model for a prompt. */
  readonly debug$: Commands['debug$'];
  /** Emits the report of `codex doctor`. */
  readonly doctor$: Commands['doctor$'];
  /** Emits a help page of the CLI. */
  readonly help$: Commands['help$'];
  /** Runs a command in the CLI's sandbox. */
  readonly sandbox$: Commands['sandbox$'];
  /** The login of the CLI. */
  readonly auth: Group<Groups['auth']>;
  /** Tasks of Codex in the cloud. */
  readonly cloud: Group<Groups['cloud']>;
  /** The features of the CLI. */
  readonly features: Group<Groups['features']>;
  /** The MCP servers of the CLI's configuration. */
  readonly mcp: Group<Groups['mcp']>;
  /** The plugins of the CLI. */
  readonly plugins: Group<Groups['plugins']>;
  /** The marketplaces of plugins. */
  readonly marketplaces: Group<Groups['marketplaces']>;
  /** Emits whether a run with these options can start. */
  readonly preflight$: typeof preflightModule.preflight$;
  /** Emits the sessions of the Codex home, newest first. */
  readonly sessions$: typeof sessionsModule.sessions$;
}

type Request = CodexOptions & { readonly signal?: AbortSignal | undefined };

const commands = lazyModule(() => import('../commands/index.js'));
const preflight = lazyModule(() => import('../preflight/preflight.js'));
const sessions = lazyModule(() => import('../sessions/sessions.js'));

/** Methods that complete each request with `fill` and load their command on first use. */
export function bindCommands(fill: (request: Request) => Request): CommandMethods {
  const call = (name: keyof Commands, module: Commands, request: Request): unknown =>
    (module[name] as (request: Request) => unknown)(request);
  const method =
    (name: keyof Commands) =>
    (request: Request = {}) => {
      const filled = fill(request);
      return commands.defer$((module) => call(name, module, filled) as Observable<unknown>, filled.signal);
    };
  const resource =
    (name: keyof Commands) =>
    async (request: Request = {}) =>
      call(name, await commands.load(), fill(request));
  const methods = {
    ...mapValues(groups, (group) => mapValues(group, method)),
    ...Object.fromEntries(standalone.map((name) => [name, method(name)])),
    ...Object.fromEntries(resources.map((name) => [name, resource(name)])),
    preflight$: (request: Request = {}) => {
      const filled = fill(request);
      return preflight.defer$((module) => module.preflight$(filled), filled.signal);
    },
    sessions$: (request: Request = {}) => {
      const filled = fill(request);
      return sessions.defer$((module) => module.sessions$(filled), filled.signal);
    },
  };
  return methods as unknown as CommandMethods;
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, project: (value: V) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, project(value)]));
}
