import { resolve } from 'node:path';
import { RequestError } from '../errors/index.js';
import { validateOverride } from '../request/validate-config.js';
import type { ArgvPaths } from '../run/own-argv.js';
import { configOverrides, tomlValue } from './config-overrides.js';
import type { CodexOptions, ThreadOptions, TurnOptions } from './options.js';

/** Everything that decides about the command line of a turn. */
export interface TurnArguments {
  readonly client: CodexOptions;
  readonly thread: ThreadOptions;
  readonly turn: TurnOptions;
  readonly threadId: string | null;
  readonly images: readonly string[];
}

/**
 * Returns the arguments with which the official SDK calls the CLI.
 *
 * @throws RequestError for a setting that contains a secret, and for a thread id that the CLI would take for a flag
 */
export function officialArgv(
  { client, thread, turn, threadId, images }: TurnArguments,
  { outputSchemaPath }: ArgvPaths,
): string[] {
  return [
    'exec',
    '--experimental-json',
    ...settings(client),
    ...option('--model', thread.model),
    ...option('--thread-source', threadId === null ? thread.threadSource : undefined),
    ...option('--sandbox', thread.sandboxMode),
    ...option('--cd', thread.workingDirectory === undefined ? undefined : resolve(thread.workingDirectory)),
    ...(thread.additionalDirectories ?? []).flatMap((folder) => option('--add-dir', folder)),
    ...(thread.skipGitRepoCheck === true ? ['--skip-git-repo-check'] : []),
    ...option('--output-schema', outputSchemaPath),
    ...option('--cyber-access-program', turn.cyberAccessProgram),
    ...setting('model_reasoning_effort', thread.modelReasoningEffort),
    ...setting('sandbox_workspace_write.network_access', thread.networkAccessEnabled),
    ...setting('web_search', webSearch(thread)),
    ...setting('approval_policy', thread.approvalPolicy),
    ...(threadId === null ? [] : ['resume', checkId(threadId)]),
    ...images.flatMap((image) => option('--image', image)),
  ];
}

function settings({ config = {}, configOverrides: raw = [], baseUrl }: CodexOptions): string[] {
  const url = baseUrl === undefined || baseUrl === '' ? [] : [`openai_base_url=${tomlValue(baseUrl, 'baseUrl')}`];
  return [...configOverrides(config), ...raw, ...url].flatMap((override) => {
    validateOverride('config', override);
    return option('--config', override);
  });
}

function checkId(threadId: string): string {
  if (threadId.startsWith('-')) throw new RequestError('id', 'must not start with "-", as a flag does.');
  return threadId;
}

function webSearch({ webSearchMode, webSearchEnabled }: ThreadOptions): string | undefined {
  if (webSearchMode !== undefined || webSearchEnabled === undefined) return webSearchMode;
  return webSearchEnabled ? 'live' : 'disabled';
}

function setting(key: string, value: string | boolean | undefined): string[] {
  return value === undefined ? [] : option('--config', `${key}=${tomlValue(value, key)}`);
}

function option(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}
