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
import { ScriptError } from './script-error.js';
import type { ModelScript } from './steps.js';

export interface ScriptedModelOptions {
  /** The model that the CLI asks for. Default `gpt-5.5`, which calls its tools plainly in all versions. */
  readonly model?: string;
  /** How often the CLI may take up a broken stream again. Default 0: it fails at once. */
  readonly retries?: number;
  /** MCP servers that the CLI starts, by name: with scripted tools, or a command of your own. */
  readonly mcpServers?: Readonly<Record<string, ScriptedMcpServerDefinition>>;
  /** Where the home is made. Default: `codex-rx/models` in the user's cache folder. The CLI warns about homes in the temporary folder. */
  readonly root?: string;
}

/** A running scripted model. */
export interface ScriptedModel extends AsyncDisposable {
  /** Base URL of its API on the loopback interface. */
  readonly url: string;
  /**
   * Options for `exec$` and its kin: the isolated home, the environment, the model. Give more of them beside these; more variables by
   * `env: { ...scripted.options.env, NAME: 'value' }`, or through `createCodex(scripted.options)`, which merges them.
   */
  readonly options: {
    readonly codexHome: string;
    readonly model: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  };
  /** The requests so far. */
  readonly requests: readonly RecordedRequest[];
  /** Each request, those so far included; completes when the model is closed. */
  readonly requests$: Observable<RecordedRequest>;
  /** Answers that no request has got yet. */
  pending(): readonly string[];
  /** Throws a `ScriptError` (`SCRIPT_UNFINISHED`) if answers were left over or a request found none. */
  assertDone(): void;
  /**
   * Destroys its connections, stops listening, ends what still runs in its home after two seconds (Linux), and removes the home. May be
   * called again.
   */
  close(): Promise<void>;
}

const keyName = 'CODEX_RX_SCRIPTED_MODEL_KEY';

/**
 * Starts a scripted model: the real CLI runs against it without a network, an account or a key.
 *
 * Each request of the CLI gets the next answer of the script. A request that finds none is answered with status 400, so that the run
 * fails with a message that says which request it was and what was expected.
 *
 * Rejects with a `RequestError` that says which entry of the script is wrong, or a `HomeError`.
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
 */
export async function openScriptedModel(
  script: ModelScript,
  options: ScriptedModelOptions = {},
): Promise<ScriptedModel> {
  const { model = 'gpt-5.5', retries = 0, mcpServers = {}, root } = options;
  const book = createResponseQueue(script);
  const requests: RecordedRequest[] = [];
  const requests$ = new ReplaySubject<RecordedRequest>(Infinity);
  const unanswered: string[] = [];

  const answer = (raw: RawRequest): Reply => {
    const request = recordRequest(requests.length, raw);
    requests.push(request);
    const result = respond(book, request);
    if (typeof result === 'string') unanswered.push(result);
    requests$.next(request);
    return typeof result === 'string' ? errorReply(result) : result;
  };

  const home = await createModelHome(root);
  let server: ModelServer | undefined;
  try {
    server = await startModelServer(answer);
    const commands = await mcpCommands(mcpServers, home.path);
    await writeConfig(home, { url: server.url, keyName, model, retries, mcpServers: commands });
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
    options: { codexHome: home.codexHome, model, env: environment(home, keyName) },
    requests,
    requests$: requests$.asObservable(),
    pending: () => book.pending(),
    assertDone: () => {
      const problems = [...unanswered, ...book.pending().map((label) => `never given: ${label}`)];
      if (problems.length > 0) throw new ScriptError('SCRIPT_UNFINISHED', problems.join('\n'));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The same as `openScriptedModel`. */
export function scriptedModel(script: ModelScript, options?: ScriptedModelOptions): Promise<ScriptedModel> {
  return openScriptedModel(script, options);
}

/** A scripted model that is open while it is subscribed to. Emits once; does not complete by itself. Errors as `openScriptedModel` rejects. */
export function scriptedModel$(script: ModelScript, options?: ScriptedModelOptions): Observable<ScriptedModel> {
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
