import { Observable, ReplaySubject } from 'rxjs';
import { registerResource, unregisterResource } from '../util/open-resources.js';
import { terminateHomeProcesses, terminateHomeProcessesSync } from './home-processes.js';
import { mcpCommands, type ScriptedMcpServerDefinition } from './mcp-server.js';
import { createModelHome, environment, writeConfig } from './model-home.js';
import { type ModelServer, startModelServer } from './model-server.js';
import { type RawRequest, type RecordedRequest, recordRequest } from './recorded-request.js';
import { errorReply, type Reply } from './reply.js';
import { respond } from './respond.js';
import { createResponseQueue } from './response-queue.js';
import { createRunQueues, type ModelScriptFactory } from './run-queues.js';
import { ScriptError } from './script-error.js';
import type { ModelScript } from './steps.js';

/** Options of `openScriptedModel`. */
export interface ScriptedModelOptions {
  /** Model slug that the CLI uses. Default `gpt-5.5`, for which every CLI version calls tools one by one. */
  readonly model?: string | undefined;
  /** How often the CLI retries a broken stream. Default 0. */
  readonly retries?: number | undefined;
  /** MCP servers that the CLI starts, by name: scripted tools, or a command. */
  readonly mcpServers?: Readonly<Record<string, ScriptedMcpServerDefinition>> | undefined;
  /**
   * Parent folder of the home. Default: `codex-rx/models` in the user's cache folder, because the CLI warns about homes
   * in the temporary folder.
   */
  readonly root?: string | undefined;
}

/** A running scripted model. */
export interface ScriptedModel extends AsyncDisposable {
  /** Base URL of the API on the loopback interface. */
  readonly url: string;
  /**
   * Options for `exec$`, `resume$`, `createCodex` and the like: the isolated home, its environment and the model. Add
   * variables by `env: { ...scripted.options.env, NAME: 'value' }`; `createCodex(scripted.options)` merges them.
   */
  readonly options: {
    readonly codexHome: string;
    readonly model: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  };
  /** The requests that the CLI has sent. */
  readonly requests: readonly RecordedRequest[];
  /** Replays the earlier requests and emits each further one. Completes when the model is closed. */
  readonly requests$: Observable<RecordedRequest>;
  /** Returns the labels of the responses that were not sent. */
  pending(): readonly string[];
  /**
   * Asserts that the run followed the script.
   *
   * @throws ScriptError (`SCRIPT_UNFINISHED`) if a response was not sent, a request matched no response, or the CLI
   * rejected a tool call.
   */
  assertDone(): void;
  /**
   * Stops the server, kills the processes that use the home after 2 s (Linux), and removes the home. Later calls return
   * the same promise.
   */
  close(): Promise<void>;
}

const KEY_NAME = 'CODEX_RX_SCRIPTED_MODEL_KEY';

/**
 * Starts a scripted model. The real CLI runs against it without a network, an account or a key.
 *
 * Each request of the CLI receives the next response of the script. A script is shared by all runs; a function returns
 * a script for each new thread. A request that matches no response receives status
 * 400, so the run fails with a message that names the request and the remaining responses.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { model, openScriptedModel } from '@codex-rx/testing';
 * import { lastValueFrom, toArray } from 'rxjs';
 *
 * await using scripted = await openScriptedModel([model.run('echo hello'), model.say('Done.')]);
 * const events = await lastValueFrom(exec$({ ...scripted.options, prompt: 'Say hello' }).pipe(toArray()));
 * scripted.assertDone();
 * ```
 *
 * @returns a promise of the model. It rejects with a `RequestError` if the script is invalid (`field` is the path of
 * the entry) and with a `HomeError` if the home cannot be created.
 */
export async function openScriptedModel(
  script: ModelScript | ModelScriptFactory,
  options: ScriptedModelOptions = {},
): Promise<ScriptedModel> {
  const { model = 'gpt-5.5', retries = 0, mcpServers = {}, root } = options;
  const queue = typeof script === 'function' ? createRunQueues(script) : createResponseQueue(script);
  const requests: RecordedRequest[] = [];
  const requests$ = new ReplaySubject<RecordedRequest>(Infinity);
  const failures: string[] = [];

  const handleRequest = (raw: RawRequest): Reply => {
    const request = recordRequest(requests.length, raw);
    requests.push(request);
    const result = respond(queue, request);
    if (typeof result === 'string') failures.push(result);
    requests$.next(request);
    return typeof result === 'string' ? errorReply(result) : result;
  };

  const home = await createModelHome(root);
  let server: ModelServer | undefined;
  try {
    server = await startModelServer(handleRequest);
    const commands = await mcpCommands(mcpServers, home.path);
    await writeConfig(home, { url: server.url, keyName: KEY_NAME, model, retries, mcpServers: commands });
  } catch (error) {
    await server?.close();
    await home.remove();
    throw error;
  }

  const running = server;
  const resource = {
    disposeSync: () => {
      running.closeNow();
      terminateHomeProcessesSync(home.codexHome);
      home.removeNow();
      requests$.complete();
      unregisterResource(resource);
    },
  };
  registerResource(resource);
  let closing: Promise<void> | undefined;
  const shutDown = async () => {
    await running.close();
    await terminateHomeProcesses(home.codexHome);
    await home.remove();
    requests$.complete();
    unregisterResource(resource);
  };
  const close = () => (closing ??= shutDown());
  return {
    url: server.url,
    options: { codexHome: home.codexHome, model, env: environment(home, KEY_NAME) },
    requests,
    requests$: requests$.asObservable(),
    pending: () => queue.remaining(),
    assertDone: () => {
      const problems = [...failures, ...queue.remaining().map((label) => `not requested: ${label}`)];
      if (problems.length > 0) throw new ScriptError('SCRIPT_UNFINISHED', problems.join('\n'));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Alias of `openScriptedModel`. */
export function scriptedModel(
  script: ModelScript | ModelScriptFactory,
  options?: ScriptedModelOptions,
): Promise<ScriptedModel> {
  return openScriptedModel(script, options);
}

/**
 * Opens a scripted model on subscribe, emits it, and closes it on unsubscribe. Does not complete. Errors as
 * `openScriptedModel` rejects.
 */
export function scriptedModel$(
  script: ModelScript | ModelScriptFactory,
  options?: ScriptedModelOptions,
): Observable<ScriptedModel> {
  return new Observable((subscriber) => {
    const opening = openScriptedModel(script, options);
    opening.then(
      (opened) => {
        subscriber.next(opened);
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      opening.then((opened) => opened.close()).catch(() => undefined);
    };
  });
}
