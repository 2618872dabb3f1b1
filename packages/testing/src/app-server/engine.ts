import type { FakeAppServerScript, ScriptedAnswer } from './script.js';
import { createServerState, type FakeThread, type FakeTurn, type Json, type ServerState } from './server-state.js';
import type { ServerStep } from './steps.js';

/** Results that have required fields. */
const DEFAULT_RESULTS: Readonly<Record<string, Json>> = {
  'account/read': { account: null, requiresOpenaiAuth: false },
  'account/rateLimits/read': { rateLimits: {} },
  'config/read': { config: {} },
  'model/list': { data: [], nextCursor: null },
  'thread/goal/clear': { cleared: false },
};

export interface EngineOutput {
  send(text: string): void;
  /** The server exits, or the connection is lost. */
  exit(): void;
}

const OVERLOADED = { code: -32001, message: 'Server overloaded; retry later.' };
const ENDED = Symbol('ended');

/** The behavior of a server process. One engine may serve several connections, one after another. */
export class FakeServerEngine {
  readonly #script: FakeAppServerScript;
  readonly #state: ServerState;
  readonly #answers = new Map<unknown, (answer: unknown) => void>();
  /** Answers that follow that of the next request. */
  #late: (() => void)[] = [];
  #output: EngineOutput | undefined;
  #sent = 0;
  #nextRequest = 0;

  constructor(script: FakeAppServerScript, state = createServerState()) {
    this.#script = script;
    this.#state = state;
  }

  /** Messages of the client, parsed, in their order. */
  get received(): readonly Json[] {
    return this.#state.received;
  }

  /** Connects a client in place of the one before. */
  connect(output: EngineOutput): void {
    this.#output = output;
    this.#sent = 0;
  }

  /** Sends a notification outside of a turn. */
  notify(method: string, params: Json): void {
    this.#notify(method, params);
  }

  disconnect(): void {
    const output = this.#output;
    this.#output = undefined;
    output?.exit();
  }

  receive(text: string): void {
    const message = JSON.parse(text) as {
      readonly id?: unknown;
      readonly method?: string;
      readonly params?: Json | null;
    };
    this.#state.received.push(message);
    const { id, method } = message;
    const params = message.params ?? {};
    if (method === undefined) {
      this.#answers.get(id)?.((message as { readonly result?: unknown }).result);
      this.#answers.delete(id);
    } else if (id !== undefined) this.#answer(id, method, params);
  }

  #answer(id: unknown, method: string, params: Json): void {
    const late = this.#late;
    this.#late = [];
    this.#answerAsScripted(id, method, params);
    for (const answer of late) answer();
  }

  #answerAsScripted(id: unknown, method: string, params: Json): void {
    const scripted = this.#script.answers?.[method];
    const { fault, result, error }: ScriptedAnswer =
      (typeof scripted === 'function' ? scripted(params as never) : scripted) ?? {};
    if (fault === 'never') return;
    if (fault === 'overloaded' && !this.#state.faulted.has(method)) {
      this.#state.faulted.add(method);
      this.#send({ id, error: OVERLOADED });
      return;
    }
    if (fault === 'unknownId') this.#send({ id: 987_654, result: {} });
    const answer = error === undefined ? { id, result: result === undefined ? {} : result } : { id, error };
    const respond = (): void => {
      if (result !== undefined || error !== undefined) this.#send(answer);
      else this.#behave(id, method, params);
    };
    if (fault === 'late') {
      this.#late.push(respond);
      return;
    }
    respond();
    if (fault === 'twice') this.#send(answer);
  }

  /** The answers and notifications of a server without faults. */
  #behave(id: unknown, method: string, params: Json): void {
    const thread = this.#state.threads.get(String(params.threadId));
    const reply = (result: unknown): void => {
      this.#send({ id, result });
    };
    const refuse = (message: string): void => {
      this.#send({ id, error: { code: -32600, message } });
    };
    switch (method) {
      case 'initialize':
        reply({
          userAgent: `fake/${this.#script.version ?? '0.171.0'} (Linux)`,
          codexHome: '/fake',
          platformOs: 'linux',
        });
        break;
      case 'thread/start':
      case 'thread/fork': {
        if (method === 'thread/fork' && thread === undefined) {
          refuse(`no rollout found for thread id ${String(params.threadId)}`);
          break;
        }
        const started = this.#createThread(params.cwd);
        reply(this.#threadResult(started, params));
        this.#send({ method: 'thread/started', params: { thread: this.#stored(started) } });
        break;
      }
      case 'thread/resume':
        if (thread === undefined) refuse(`no rollout found for thread id ${String(params.threadId)}`);
        else reply(this.#threadResult(thread, params));
        break;
      case 'thread/read':
        if (thread === undefined) refuse(`thread not found: ${String(params.threadId)}`);
        else reply({ thread: this.#stored(thread) });
        break;
      case 'thread/list':
        reply({ data: [...this.#state.threads.values()].map((one) => this.#stored(one)), nextCursor: null });
        break;
      case 'turn/start':
      case 'review/start':
        if (thread === undefined) refuse(`thread not found: ${String(params.threadId)}`);
        else this.#startTurn(thread, reply, params);
        break;
      case 'turn/interrupt':
        if (thread?.interrupt === undefined) refuse('no active turn to interrupt');
        else {
          reply({});
          thread.interrupt();
        }
        break;
      case 'turn/steer':
        if (thread?.interrupt === undefined) refuse('no active turn to steer');
        else reply({ turnId: thread.turns.at(-1)?.id });
        break;
      default:
        reply(DEFAULT_RESULTS[method] ?? {});
    }
  }

  #createThread(cwd: unknown): FakeThread {
    const id = `00000000-0000-7000-8000-${String(this.#state.threads.size + 1).padStart(12, '0')}`;
    const thread: FakeThread = { id, cwd, turns: [], interrupt: undefined };
    this.#state.threads.set(id, thread);
    return thread;
  }

  #stored({ id, turns, cwd, interrupt }: FakeThread): Json {
    return {
      id,
      cwd,
      name: null,
      createdAt: 1,
      updatedAt: 1,
      status: { type: interrupt === undefined ? 'idle' : 'active' },
      turns: turns.map((turn) => ({ ...turn, items: [...turn.items.values()], error: null })),
    };
  }

  #threadResult(thread: FakeThread, params: Json): Json {
    const types: Readonly<Record<string, string>> = {
      'workspace-write': 'workspaceWrite',
      'danger-full-access': 'dangerFullAccess',
    };
    return {
      thread: this.#stored(thread),
      model: params.model ?? 'fake-model',
      modelProvider: 'fake',
      cwd: params.cwd ?? thread.cwd ?? '/work',
      approvalPolicy: params.approvalPolicy ?? 'on-request',
      sandbox: { type: types[String(params.sandbox)] ?? 'readOnly' },
      reasoningEffort: null,
    };
  }

  #startTurn(thread: FakeThread, reply: (result: unknown) => void, params: Json): void {
    const running = thread.interrupt === undefined ? undefined : thread.turns.at(-1);
    if (running !== undefined) {
      reply({ turn: { id: running.id, items: [], status: 'inProgress', error: null } });
      return;
    }
    this.#state.turns += 1;
    const { turns } = this.#state;
    const turn: FakeTurn = { id: `turn-${turns}`, items: new Map(), status: 'inProgress' };
    thread.turns.push(turn);
    const steps = this.#script.turns?.[turns - 1] ?? [];
    reply({ turn: { id: turn.id, items: [], status: 'inProgress', error: null } });
    void this.#play(thread, turn, steps, params);
  }

  async #play(thread: FakeThread, turn: FakeTurn, steps: readonly ServerStep[], params: Json): Promise<void> {
    // As with a real server, the turn starts after the answer.
    await new Promise(setImmediate);
    const ids = { threadId: thread.id, turnId: turn.id };
    const interrupted = new Promise<typeof ENDED>((resolve) => {
      thread.interrupt = () => {
        resolve(ENDED);
      };
    });
    this.#notify('turn/started', { threadId: thread.id, turn: { id: turn.id, items: [], status: 'inProgress' } });
    const user = { type: 'userMessage', id: `user-${turn.id}`, content: params.input ?? [] };
    this.#notifyItem(turn, 'item/started', { ...ids, item: user });
    this.#notifyItem(turn, 'item/completed', { ...ids, item: user });
    let end: Extract<ServerStep, { kind: 'end' }> = { kind: 'end', status: 'completed' };
    const queue = [...steps];
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      if (step.kind === 'end') {
        end = step;
        break;
      }
      const next = await Promise.race([this.#perform(step, turn, ids), interrupted]);
      if (next === ENDED) {
        end = { kind: 'end', status: 'interrupted' };
        break;
      }
      queue.unshift(...next);
    }
    thread.interrupt = undefined;
    turn.status = end.status;
    this.#notify('turn/completed', {
      threadId: thread.id,
      turn: { id: turn.id, items: [], status: end.status, error: end.error ?? null },
    });
  }

  /** Returns the steps that follow. */
  async #perform(step: ServerStep, turn: FakeTurn, ids: Json): Promise<readonly ServerStep[]> {
    switch (step.kind) {
      case 'notify':
        this.#notifyItem(turn, step.method, { ...ids, ...step.params });
        return [];
      case 'raw':
        this.#sendText(step.text);
        return [];
      case 'exit':
        this.disconnect();
        return [];
      case 'hang':
        return new Promise(() => undefined);
      case 'request': {
        const id = this.#nextRequest;
        this.#nextRequest += 1;
        const answer = new Promise((resolve) => {
          this.#answers.set(id, resolve);
        });
        this.#send({ id, method: step.method, params: { ...ids, ...step.params } });
        return step.then(await answer);
      }
      case 'end':
        return [];
    }
  }

  #notifyItem(turn: FakeTurn, method: string, params: Json): void {
    const { item } = params as { readonly item?: { readonly id?: string } };
    if (method.startsWith('item/') && item?.id !== undefined) turn.items.set(item.id, item);
    this.#notify(method, params);
  }

  #notify(method: string, params: Json): void {
    this.#send({ method, params });
  }

  #send(message: unknown): void {
    this.#sendText(JSON.stringify(message));
  }

  #sendText(text: string): void {
    const { exitAfter } = this.#script;
    if (this.#output === undefined) return;
    if (exitAfter !== undefined && this.#sent >= exitAfter) {
      this.disconnect();
      return;
    }
    this.#sent += 1;
    this.#output.send(text);
  }
}
