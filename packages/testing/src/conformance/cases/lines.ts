import type { Observation } from '../case-spec.js';

const usage = { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1, reasoning_output_tokens: 0 };

export const started = { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' };
const turnStarted = { type: 'turn.started' };
export const said = (text: string, id = 'item_0'): object => ({
  type: 'item.completed',
  item: { id, type: 'agent_message', text },
});
const command = { id: 'item_c', type: 'command_execution', command: 'ls', exit_code: 0, status: 'completed' };
export const ran = (output: string): object => ({
  type: 'item.completed',
  item: { ...command, aggregated_output: output },
});
export const completed = { type: 'turn.completed', usage };
export const failed = (message: string): object => ({ type: 'turn.failed', error: { message } });
export const notice = (message: string): object => ({ type: 'error', message });

/** Ends with an item, because some clients emit nothing before the first item. */
export const opening = [
  started,
  turnStarted,
  {
    type: 'item.started',
    item: { id: 'item_s', type: 'command_execution', command: 'make', aggregated_output: '', status: 'in_progress' },
  },
];
export const wholeTurn = [...opening, said('Done.'), completed];

/** Returns shell commands that print the lines. */
export const echo = (...lines: readonly object[]): string =>
  lines.map((line) => `printf '%s\\n' '${JSON.stringify(line)}'`).join('\n');

type Check = (seen: Observation) => string | undefined;

/** Joins the problems of several checks. */
export const all =
  (...checks: readonly Check[]): Check =>
  (seen) =>
    checks
      .map((check) => check(seen))
      .filter((problem) => problem !== undefined)
      .join('; ') || undefined;

export const message =
  (text: string): Check =>
  (seen) =>
    seen.text === text ? undefined : `the message is ${JSON.stringify(seen.text.slice(0, 60))}`;

export const errorIncludes =
  (text: string): Check =>
  (seen) =>
    seen.error?.text.includes(text) === true ? undefined : `the error does not include "${text}"`;

export const emits =
  (type: string, count = 1): Check =>
  (seen) => {
    const seenCount = seen.types[type] ?? 0;
    return seenCount === count ? undefined : `${seenCount} of ${count} ${type} arrived`;
  };

export const within =
  (ms: number): Check =>
  (seen) =>
    seen.ms <= ms ? undefined : `it took ${seen.ms} ms`;
