import { resolve } from 'node:path';
import type { ParamsOf, ResultOf } from '../../protocol/messages.js';
import { checkFile } from '../../request/check-file.js';
import { isTable } from '../../request/is-table.js';
import { toJsonSchema } from '../../request/output-schema.js';
import { reasoningEntries } from '../../request/reasoning.js';
import { settingLayers } from '../../request/settings.js';
import type { ConfigTable, ConfigValue, ImageData, SandboxMode } from '../../request/types.js';
import type { ThreadOptions, TurnOptions, UserInput } from './thread-options.js';

type ApprovalPolicy = ParamsOf<'turn/start'>['approvalPolicy'];
type Reviewer = NonNullable<ParamsOf<'turn/start'>['approvalsReviewer']>;
type SandboxPolicy = NonNullable<ParamsOf<'turn/start'>['sandboxPolicy']>;
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The settings of a thread that are sent with each turn, because a turn's own settings stay otherwise. */
export interface ThreadSettings {
  readonly model: string;
  readonly cwd: string;
  readonly approvalPolicy: ApprovalPolicy;
  /** `undefined` for that of the configuration, which CLI ≤ 0.110 does not report. */
  readonly approvalsReviewer: Reviewer | undefined;
  readonly sandboxPolicy: SandboxPolicy;
  readonly effort: string | undefined;
}

/** The policy of a request; threads that neither have a handler nor a reviewer model never ask. */
function approvalPolicy(
  { approvalPolicy: chosen, approvalsReviewer, safety }: Partial<ThreadOptions>,
  hasHandler: boolean,
): ApprovalPolicy {
  const isReviewed = approvalsReviewer !== undefined && approvalsReviewer !== 'user';
  if ((!hasHandler && !isReviewed) || safety === 'bypass') return 'never';
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
    approvalsReviewer: options.approvalsReviewer as Reviewer | undefined,
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

/** How the server describes a thread that has been started or loaded. */
export type ThreadResult = ResultOf<'thread/start'> | ResultOf<'thread/resume'> | ResultOf<'thread/fork'>;

/** Returns the settings that the server reports. */
export function reportedSettings(result: ThreadResult): ThreadSettings {
  const { model, cwd, approvalPolicy, sandbox, reasoningEffort } = result;
  const { approvalsReviewer } = result as Partial<ThreadResult>;
  return {
    model,
    cwd,
    approvalPolicy,
    approvalsReviewer,
    sandboxPolicy: sandbox,
    effort: reasoningEffort ?? undefined,
  };
}

/** Returns the settings of a thread: those that were requested, otherwise those that the server reports. */
export function effectiveSettings(options: ThreadOptions, result: ThreadResult, hasHandler: boolean): ThreadSettings {
  const mode = sandboxMode(options);
  return {
    model: options.model ?? result.model,
    cwd: options.workingDirectory === undefined ? result.cwd : resolve(options.workingDirectory),
    approvalPolicy: approvalPolicy(options, hasHandler),
    approvalsReviewer:
      (options.approvalsReviewer as Reviewer | undefined) ?? (result as Partial<ThreadResult>).approvalsReviewer,
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

/** The settings of a turn: its own, otherwise those of the thread. */
export function turnSettings(settings: ThreadSettings, options: TurnOptions, hasHandler: boolean): ThreadSettings {
  const { model, sandbox, reasoning, workingDirectory, approvalPolicy: policy } = options;
  const { approvalsReviewer } = settings;
  return {
    model: model ?? settings.model,
    cwd: workingDirectory === undefined ? settings.cwd : resolve(workingDirectory),
    approvalPolicy:
      policy === undefined
        ? settings.approvalPolicy
        : approvalPolicy({ approvalPolicy: policy, approvalsReviewer }, hasHandler),
    approvalsReviewer,
    sandboxPolicy: sandbox === undefined ? settings.sandboxPolicy : sandboxPolicy(sandbox),
    effort: reasoning?.effort ?? settings.effort,
  };
}

/** The parameters of a turn. */
export function turnParams(
  threadId: string,
  settings: ThreadSettings,
  input: readonly UserInput[],
  { reasoning, outputSchema, images = [] }: TurnOptions,
): ParamsOf<'turn/start'> {
  return {
    threadId,
    input: [...input, ...images.map(toImage)],
    ...settings,
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
