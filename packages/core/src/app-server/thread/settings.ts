import { resolve } from 'node:path';
import type { ParamsOf, ResultOf } from '../../protocol/messages.js';
import { checkFile } from '../../request/check-file.js';
import { isTable } from '../../request/is-table.js';
import { toJsonSchema } from '../../request/output-schema.js';
import { reasoningEntries } from '../../request/reasoning.js';
import { settingLayers } from '../../request/settings.js';
import type { ConfigTable, ConfigValue, ImageData, SandboxMode } from '../../request/types.js';
import type { ThreadOptions, TurnOptions, UserInput } from './thread-options.js';

type SandboxPolicy = NonNullable<ParamsOf<'turn/start'>['sandboxPolicy']>;
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The settings of a thread that are sent with each turn, because a turn's own settings stay otherwise. */
export interface ThreadSettings {
  readonly model: string;
  readonly cwd: string;
  readonly approvalPolicy: ParamsOf<'turn/start'>['approvalPolicy'];
  readonly sandboxPolicy: SandboxPolicy;
  readonly effort: string | undefined;
}

/** The policy of a request; threads without a handler never ask. */
function approvalPolicy(
  { approvalPolicy: chosen, safety }: Pick<ThreadOptions, 'approvalPolicy' | 'safety'>,
  hasHandler: boolean,
): ParamsOf<'thread/start'>['approvalPolicy'] {
  if (!hasHandler || safety === 'bypass') return 'never';
  // The server rejects an unknown policy.
  return (chosen as 'on-request' | undefined) ?? 'on-request';
}

function sandboxMode({ sandbox, safety }: ThreadOptions): SandboxMode | undefined {
  if (safety === 'bypass') return 'danger-full-access';
  return sandbox ?? (safety === 'full-auto' ? 'workspace-write' : undefined);
}

/** The parameters that `thread/start`, `thread/resume` and `thread/fork` share. */
export function threadParams(options: ThreadOptions, hasHandler: boolean) {
  const config = threadConfig(options);
  return {
    cwd: options.workingDirectory === undefined ? undefined : resolve(options.workingDirectory),
    model: options.model,
    approvalPolicy: approvalPolicy(options, hasHandler),
    sandbox: sandboxMode(options) as 'read-only' | undefined,
    config: Object.keys(config).length === 0 ? undefined : config,
    developerInstructions: options.developerInstructions,
    baseInstructions: options.baseInstructions,
  };
}

/** Settings of `config.toml` with dotted keys, as `-c` has them. */
function threadConfig(options: ThreadOptions): Readonly<Record<string, Json>> {
  const { config = {}, search, addDirs = [], env = {}, enable = [], disable = [] } = options;
  const roots = addDirs.map((folder) => resolve(folder));
  const layers = settingLayers([], { config, configOverrides: options.configOverrides }) as readonly ConfigTable[];
  return Object.fromEntries([
    ...layers.flatMap((layer) => flatten('', layer)),
    ...reasoningEntries(options).map(([key, value]) => [key, toJson(value)] as const),
    ...(search === true ? [['web_search', 'live'] as const] : []),
    ...(roots.length === 0 ? [] : [['sandbox_workspace_write.writable_roots', roots] as const]),
    ...enable.map((name) => [`features.${name}`, true] as const),
    ...disable.map((name) => [`features.${name}`, false] as const),
    ...(Object.keys(env).length === 0 ? [] : [['shell_environment_policy.set', env] as const]),
  ]);
}

function flatten(path: string, table: ConfigTable): (readonly [string, Json])[] {
  return Object.entries(table).flatMap(([key, value]): (readonly [string, Json])[] => {
    if (value === undefined) return [];
    const at = path === '' ? key : `${path}.${key}`;
    const isDotted =
      isTable(value) && Object.keys(value).length > 0 && Object.keys(value).every((name) => /^[\w-]+$/.test(name));
    return isDotted ? flatten(at, value) : [[at, toJson(value)]];
  });
}

function toJson(value: ConfigValue | undefined): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** Returns the settings of a thread: those that were requested, otherwise those that the server reports. */
export function effectiveSettings(
  options: ThreadOptions,
  result: ResultOf<'thread/start'> | ResultOf<'thread/resume'>,
  hasHandler: boolean,
): ThreadSettings {
  const mode = sandboxMode(options);
  return {
    model: options.model ?? result.model,
    cwd: options.workingDirectory === undefined ? result.cwd : resolve(options.workingDirectory),
    approvalPolicy: approvalPolicy(options, hasHandler),
    // The server knows the writable folders of its configuration; the mode must be the requested one.
    sandboxPolicy:
      mode === undefined || POLICY_TYPES.get(mode) === result.sandbox.type
        ? result.sandbox
        : sandboxPolicy(mode, options.addDirs),
    effort: options.reasoning?.effort ?? result.reasoningEffort ?? undefined,
  };
}

const POLICY_TYPES: ReadonlyMap<string, SandboxPolicy['type']> = new Map([
  ['read-only', 'readOnly'],
  ['workspace-write', 'workspaceWrite'],
  ['danger-full-access', 'dangerFullAccess'],
]);

function sandboxPolicy(mode: SandboxMode, addDirs: readonly string[] = []): SandboxPolicy {
  if (mode === 'danger-full-access') return { type: 'dangerFullAccess' };
  if (mode === 'workspace-write')
    return { type: 'workspaceWrite', writableRoots: addDirs.map((folder) => resolve(folder)) };
  return { type: 'readOnly' };
}

/** The parameters of a turn. */
export function turnParams(
  threadId: string,
  settings: ThreadSettings,
  input: readonly UserInput[],
  options: TurnOptions,
  hasHandler: boolean,
): ParamsOf<'turn/start'> {
  const { model, sandbox, reasoning, outputSchema } = options;
  const policy = options.approvalPolicy === undefined ? settings.approvalPolicy : approvalPolicy(options, hasHandler);
  return {
    threadId,
    input: [...input, ...(options.images ?? []).map(toImage)],
    model: model ?? settings.model,
    cwd: settings.cwd,
    approvalPolicy: policy,
    sandboxPolicy: sandbox === undefined ? settings.sandboxPolicy : sandboxPolicy(sandbox),
    effort: reasoning?.effort ?? settings.effort,
    summary: reasoning?.summary as 'auto' | undefined,
    ...(outputSchema === undefined ? {} : { outputSchema: toJsonSchema('outputSchema', outputSchema) }),
  };
}

function toImage(image: string | ImageData, index: number): UserInput {
  if (typeof image === 'string') {
    checkFile(`images[${index}]`, image);
    return { type: 'localImage', path: resolve(image) };
  }
  return { type: 'image', url: `data:${image.mediaType};base64,${Buffer.from(image.data).toString('base64')}` };
}

/** A prompt as the protocol has it. */
export function toInput(input: string | readonly UserInput[]): readonly UserInput[] {
  return typeof input === 'string' ? [{ type: 'text', text: input, text_elements: [] }] : input;
}
