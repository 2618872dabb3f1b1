import { resolve } from 'node:path';
import * as t from 'io-ts';
import type { Observable } from 'rxjs';
import type { OpenString } from '../events/items.js';
import { checkFile } from '../request/check-file.js';
import { checkArgument, checkList, checkMultiline, checkOneOf } from '../request/checks.js';
import { assertSupported } from '../request/command-capabilities.js';
import { flagArgs, repeatedArgs } from '../request/flag-args.js';
import { optional } from './codecs.js';
import type { CommandOptions, ProfileCommandOptions } from './command-options.js';
import type { Cli, Invocation } from './invocation.js';
import { parseJson } from './parse-json.js';
import { runCommand$ } from './run-command.js';

/** A model of the CLI's catalogue, as the CLI writes it; the many fields that are not known here are kept. */
export interface CatalogModel {
  /** The name for the option `model`. */
  readonly slug: string;
  /** The name to show. */
  readonly display_name: string;
  /** The purpose of the model. */
  readonly description?: string | null | undefined;
  /** The reasoning effort that the CLI uses by default. */
  readonly default_reasoning_level?: string | null | undefined;
  /** The reasoning efforts of the model. */
  readonly supported_reasoning_levels: readonly { readonly effort: string; readonly description: string }[];
  /** Whether the CLI lists the model. */
  readonly visibility: OpenString<'list' | 'hide' | 'none'>;
  /** Whether the model can be used with an API key. */
  readonly supported_in_api: boolean;
  /** The position in lists; smaller numbers come first. */
  readonly priority: number;
  /** Tokens. */
  readonly context_window?: number | null | undefined;
}

/** The models that the CLI knows. */
export interface ModelCatalog {
  /** The models. */
  readonly models: readonly CatalogModel[];
}

const modelCatalogCodec: t.Type<ModelCatalog> = t.type({
  models: t.readonlyArray(
    t.intersection([
      t.type({
        slug: t.string,
        display_name: t.string,
        supported_reasoning_levels: t.readonlyArray(t.type({ effort: t.string, description: t.string })),
        visibility: t.string,
        supported_in_api: t.boolean,
        priority: t.number,
      }),
      t.partial({
        description: optional(t.string),
        default_reasoning_level: optional(t.string),
        context_window: optional(t.number),
      }),
    ]),
  ),
});

/** A part of the input of the model, as the CLI writes it. */
export interface PromptInputItem {
  /** The type of the input item. */
  readonly type: string;
  readonly [field: string]: unknown;
}

const promptInputCodec: t.Type<readonly PromptInputItem[]> = t.readonlyArray(
  t.intersection([t.type({ type: t.string }), t.record(t.string, t.unknown)]),
);

/** The request of `debug$` for the catalog of models. */
export interface DebugModelsRequest extends CommandOptions {
  /** Selects the catalog of models. */
  readonly topic: 'models';
  /** The catalogue that was shipped with the CLI; no network is used. */
  readonly bundled?: boolean | undefined;
}

/** The request of `debug$` for the input of the model. */
export interface DebugPromptInputRequest extends ProfileCommandOptions {
  /** Selects the input of the model. */
  readonly topic: 'prompt-input';
  /** Becomes an argument of the process: the CLI reads it from nowhere else. */
  readonly prompt?: string | undefined;
  /** Paths, relative to the host's working directory. */
  readonly images?: readonly string[] | undefined;
}

/**
 * Emits internals of the CLI, once: `models`, its catalogue of models; `prompt-input`, the complete input of the
 * model for a prompt. For further topics use `command$({ args: ['debug', …] })`.
 *
 * Errors with `CommandParseError` (`COMMAND_PARSE`), and with `CapabilityError` before CLI 0.125.
 *
 * @example
 * ```ts
 * import { debug$ } from '@codex-rx/core/commands';
 *
 * debug$({ topic: 'models', bundled: true }).subscribe({
 *   next: ({ models }) => console.log(models.map((model) => model.slug)),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function debug$(request: DebugModelsRequest): Observable<ModelCatalog>;
export function debug$(request: DebugPromptInputRequest): Observable<readonly PromptInputItem[]>;
export function debug$(
  request: DebugModelsRequest | DebugPromptInputRequest,
): Observable<ModelCatalog | readonly PromptInputItem[]> {
  return runCommand$<ModelCatalog | readonly PromptInputItem[]>(
    request,
    (cli) => debugInvocation(request, cli),
    (output) =>
      request.topic === 'models' ? parseJson(output, modelCatalogCodec) : parseJson(output, promptInputCodec),
  );
}

async function debugInvocation(request: DebugModelsRequest | DebugPromptInputRequest, cli: Cli): Promise<Invocation> {
  checkOneOf('topic', request.topic, ['models', 'prompt-input']);
  if (request.topic === 'models') {
    assertSupported(await cli.facts(), 'debug$ models');
    return { args: ['debug', 'models', ...(request.bundled === true ? ['--bundled'] : [])] };
  }
  const { prompt, images = [], profile } = request;
  if (prompt !== undefined) checkMultiline('prompt', prompt);
  checkList('images', images, checkArgument);
  const files = images.map((image) => resolve(image));
  files.forEach((file, index) => {
    checkFile(`images[${index}]`, file);
  });
  assertSupported(await cli.facts(), 'debug$ promptInput');
  return {
    globals: flagArgs('--profile', profile),
    args: ['debug', 'prompt-input', ...repeatedArgs('--image', files), ...(prompt === undefined ? [] : ['--', prompt])],
  };
}
