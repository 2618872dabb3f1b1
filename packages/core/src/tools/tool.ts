import { catchError, defer, from, map, type ObservableInput, of, switchMap, take } from 'rxjs';
import { RequestError } from '../errors/index.js';
import { checkDuration, checkInteger, checkNotEmpty, describeValue } from '../request/checks.js';
import { assertKnownOptions } from '../request/known-options.js';
import type { Tool, ToolContext, ToolOutcome, ToolResult } from '../request/tool-types.js';
import { checkToolName } from '../request/validate-tools.js';
import { execute$ } from './execute.js';
import { limitConcurrency } from './limit-concurrency.js';
import { parseArguments, toInputSchema } from './parameters.js';
import type { ToolArguments } from './tool-arguments.js';
import { toContent, toFailure } from './tool-content.js';

/** Options of `tool()`. */
export interface ToolOptions<P extends object> {
  /** The name that the model uses: 1 to 64 letters, digits, `_` or `-`. */
  readonly name: string;
  /** The purpose of the tool and when to use it, for the model. */
  readonly description: string;
  /**
   * The arguments: a JSON Schema of an object, or a schema of zod, valibot, ArkType or io-ts that can be converted to
   * one. Default: no arguments.
   */
  readonly parameters?: P | undefined;
  /** Milliseconds until a call fails, from the start of `execute`. Default 60,000; 0 or `Infinity` for no limit. */
  readonly timeout?: number | undefined;
  /** How many calls of this tool run at the same time, over all runs. Further calls wait. Default: no limit. */
  readonly concurrency?: number | undefined;
  /**
   * Runs a call with validated arguments. Returns the result, or a Promise or an Observable, whose first value is the
   * result. An exception, an error and an Observable without a value make the call fail; the model sees the message.
   */
  execute(args: ToolArguments<P>, context: ToolContext): ToolResult | ObservableInput<ToolResult>;
}

/** The parameters of a tool without arguments. */
interface NoParameters {
  readonly type: 'object';
}

const TIMEOUT_MS = 60_000;
const OPTIONS = ['name', 'description', 'parameters', 'timeout', 'concurrency', 'execute'];

/**
 * Defines a function of this program that the model may call, for the option `tools` of a client or of a request.
 *
 * The arguments are validated before `execute` runs; the model sees what is wrong with them, and can try again. A call
 * that fails does not end the turn.
 *
 * @example
 * ```ts
 * import { exec$, tool } from '@codex-rx/core';
 *
 * const stock = new Map([['apples', 3]]);
 * const lookUpStock = tool({
 *   name: 'look_up_stock',
 *   description: 'Returns how many pieces of an article are in stock.',
 *   parameters: { type: 'object', properties: { article: { type: 'string' } }, required: ['article'] },
 *   execute: ({ article }) => `${stock.get(article) ?? 0} pieces`,
 * });
 * exec$({ prompt: 'How many apples do we have?', tools: [lookUpStock] }).subscribe((event) => console.log(event.type));
 * ```
 *
 * @throws RequestError if an option is invalid
 */
export function tool<const P extends object = NoParameters>(options: ToolOptions<P>): Tool {
  checkOptions(options);
  const { name, description, parameters, timeout = TIMEOUT_MS, concurrency } = options;
  const inputSchema = toInputSchema(parameters);
  // eslint-disable-next-line rxjs-x/finnish -- an operator
  const inTurn = limitConcurrency<ToolOutcome>(concurrency);
  return {
    name,
    description,
    inputSchema,
    call$: (args, { threadId } = {}) =>
      defer(() => from(parseArguments(parameters, inputSchema, args ?? {}))).pipe(
        switchMap((parsed) =>
          execute$((signal) => options.execute(parsed as ToolArguments<P>, { signal, threadId }), timeout),
        ),
        map((result): ToolOutcome => ({ content: toContent(result), isError: false })),
        take(1),
        catchError((error: unknown) => of(toFailure(error))),
        inTurn,
      ),
  };
}

function checkOptions(options: Readonly<Partial<Record<keyof ToolOptions<object>, unknown>>>): void {
  checkToolName('name', options.name);
  checkNotEmpty('description', options.description);
  if (options.timeout !== undefined) checkDuration('timeout', options.timeout, { infinite: true });
  if (options.concurrency !== undefined) checkInteger('concurrency', options.concurrency, [1, Number.MAX_SAFE_INTEGER]);
  if (typeof options.execute !== 'function')
    throw new RequestError('execute', `must be a function, got ${describeValue(options.execute)}.`);
  assertKnownOptions(options, OPTIONS);
}
