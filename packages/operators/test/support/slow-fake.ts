import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FakeCase, type FakeCodex, type FakeStep, openFakeCodex } from '@codex-rx/testing';

export const THREAD = '01a205c4-69f5-7682-91b9-0f9fa5d429a7';

const usage = { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 };

/** The lines of a run. */
export const begins = [{ type: 'thread.started', thread_id: THREAD }, { type: 'turn.started' }];
export const says = (text: string) => ({
  type: 'item.completed',
  item: { id: 'item_0', type: 'agent_message', text },
});
export const completes = { type: 'turn.completed', usage };

/** The last step of a process: the file records the time of its end. */
export const noteEnd: FakeStep = { writeFile: { path: 'ended', content: '' } };

/**
 * Two invocations of one fake. The first one takes half a second to die of SIGINT. The
 * second starts much faster, so that a test detects an operator that does not wait for the exit of the first.
 */
export function openSlowFake(first: readonly FakeStep[], second: readonly FakeStep[]): Promise<FakeCodex> {
  const dying: FakeStep = { on: 'SIGINT', steps: [{ wait: 500 }, noteEnd, { exit: 130 }] };
  const cases: FakeCase[] = [{ argv: ['exec'], nth: 1, steps: [dying, ...first] }];
  return openFakeCodex({ cases, steps: second });
}

/** For a process that ends by itself after its turn, half a second late. */
export const lingers: FakeStep[] = [{ wait: 500 }, noteEnd];

/** Common options of the runs of a fake: one folder, and enough time to exit. */
export const optionsFor = (fake: FakeCodex) => ({
  ...fake.options,
  workingDirectory: dirname(fake.binary),
  terminateGrace: 20_000,
});

/** When the first invocation was about to end: milliseconds since the epoch, or a throw if it has not come to that. */
export function endOfFirst(fake: FakeCodex): number {
  return statSync(join(dirname(fake.binary), 'ended')).mtimeMs;
}
