/** Something that a scripted server does in a turn. Ids of the thread and the turn are filled in. */
export type ServerStep =
  /** Sends a notification. */
  | { readonly kind: 'notify'; readonly method: string; readonly params: Readonly<Record<string, unknown>> }
  /** Sends a request and waits for the answer. */
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly params: Readonly<Record<string, unknown>>;
      /** Returns the steps that follow the answer. */
      readonly then: (answer: unknown) => readonly ServerStep[];
    }
  /** Sends a line unchanged. */
  | { readonly kind: 'raw'; readonly text: string }
  /** Waits until the turn is interrupted. */
  | { readonly kind: 'hang' }
  /** Exits, or drops the connection. */
  | { readonly kind: 'exit' }
  /** Ends the turn with this status; without it, a turn completes. */
  | {
      readonly kind: 'end';
      readonly status: string;
      readonly error?: { readonly message: string; readonly codexErrorInfo?: unknown };
    };

let count = 0;
const nextId = (prefix: string): string => {
  count += 1;
  return `${prefix}_${count}`;
};

const notify = (method: string, params: Readonly<Record<string, unknown>>): ServerStep => ({
  kind: 'notify',
  method,
  params,
});

/** A message of the agent, in deltas. */
function say(text: string, { deltas = [text] }: { readonly deltas?: readonly string[] } = {}): ServerStep[] {
  const id = nextId('msg');
  return [
    notify('item/started', { item: { type: 'agentMessage', id, text: '' } }),
    ...deltas.map((delta) => notify('item/agentMessage/delta', { itemId: id, delta })),
    notify('item/completed', { item: { type: 'agentMessage', id, text } }),
  ];
}

/** A command of the agent. */
function run(command: string, { output = '', exitCode = 0 } = {}): ServerStep[] {
  const item = { type: 'commandExecution', id: nextId('call'), command, cwd: '/work' };
  return [
    notify('item/started', { item: { ...item, status: 'inProgress' } }),
    ...(output === '' ? [] : [notify('item/commandExecution/outputDelta', { itemId: item.id, delta: output })]),
    notify('item/completed', {
      item: { ...item, status: exitCode === 0 ? 'completed' : 'failed', aggregatedOutput: output, exitCode },
    }),
  ];
}

/** A command that needs approval. It runs only if the answer accepts it. */
function runApproved(command: string): ServerStep[] {
  const item = { type: 'commandExecution', id: nextId('call'), command, cwd: '/work' };
  return [
    notify('item/started', { item: { ...item, status: 'inProgress' } }),
    {
      kind: 'request',
      method: 'item/commandExecution/requestApproval',
      params: { itemId: item.id, command, cwd: '/work', reason: null, startedAtMs: 0 },
      then: (answer) => {
        const { decision } = (answer ?? {}) as { readonly decision?: unknown };
        const status = decision === 'accept' || decision === 'acceptForSession' ? 'completed' : 'declined';
        return [
          notify('item/completed', { item: { ...item, status, exitCode: status === 'completed' ? 0 : null } }),
          ...(decision === 'cancel' ? [{ kind: 'end', status: 'interrupted' } as const] : []),
        ];
      },
    },
  ];
}

/** Any request of the server; the turn continues after the answer. */
function ask(
  method: string,
  params: Readonly<Record<string, unknown>>,
  then: (answer: unknown) => readonly ServerStep[] = () => [],
): ServerStep[] {
  return [{ kind: 'request', method, params, then }];
}

/**
 * Builders of the steps of a turn of a scripted app-server. Each returns a list: `[...serverTurn.say('Hi'), …]`.
 *
 * @example
 * ```ts
 * import { fakeAppServer, serverTurn } from '@codex-rx/testing';
 *
 * const fake = fakeAppServer({ turns: [[...serverTurn.run('ls', { output: 'a' }), ...serverTurn.say('One file.')]] });
 * console.log(fake.received.length); // 0
 * ```
 */
export const serverTurn = {
  say,
  run,
  runApproved,
  ask,
  notify: (method: string, params: Readonly<Record<string, unknown>> = {}): ServerStep[] => [notify(method, params)],
  raw: (text: string): ServerStep[] => [{ kind: 'raw', text }],
  hang: (): ServerStep[] => [{ kind: 'hang' }],
  exit: (): ServerStep[] => [{ kind: 'exit' }],
  fail: (message: string, codexErrorInfo: unknown = 'other'): ServerStep[] => [
    { kind: 'end', status: 'failed', error: { message, codexErrorInfo } },
  ],
} as const;
