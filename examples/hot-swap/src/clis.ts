import type { CodexOptions } from '@codex-rx/core';
import { type FakeScript, model, openFakeCodex, openScriptedModel } from '@codex-rx/testing';

/** Two CLIs: the first works until it is stopped, the second completes its turn. */
export interface Clis extends AsyncDisposable {
  readonly first: string;
  readonly second: string;
  readonly options: CodexOptions;
}

const thread = { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' };
const work = {
  id: 'item_0',
  type: 'command_execution',
  command: "/bin/bash -lc 'sleep 300'",
  aggregated_output: '',
  exit_code: null,
  status: 'in_progress',
};
const usage = { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 };

/** Stand-ins that need no model. */
export async function openStandIns(): Promise<Clis> {
  const first = await openFakeCodex({
    version: '0.125.0',
    steps: [
      { line: thread },
      { line: { type: 'turn.started' } },
      { line: { type: 'item.started', item: work } },
      { hang: true },
    ],
  } satisfies FakeScript);
  const second = await openFakeCodex({
    version: '0.171.0',
    steps: [
      { line: thread },
      { line: { type: 'turn.started' } },
      { line: { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Done.' } } },
      { line: { type: 'turn.completed', usage } },
    ],
  } satisfies FakeScript);
  return {
    first: first.binary,
    second: second.binary,
    options: {},
    [Symbol.asyncDispose]: async () => {
      await first[Symbol.asyncDispose]();
      await second[Symbol.asyncDispose]();
    },
  };
}

/** Real ones, with a scripted model on this machine. */
export async function openRealClis(first: string, second: string): Promise<Clis> {
  const scripted = await openScriptedModel([model.run('sleep 300'), model.say('Done.')]);
  return {
    first,
    second,
    options: scripted.options,
    [Symbol.asyncDispose]: () => scripted[Symbol.asyncDispose](),
  };
}
