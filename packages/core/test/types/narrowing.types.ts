// Checked by the compiler: this file has nothing to run.
import {
  type AnyCodexError,
  type CodexErrorCode,
  exec$,
  isCodexError,
  type RunNotification,
  type RunTimeoutError,
  resume$,
  run$,
  type SessionError,
  type SpawnError,
  sendPrompt$,
  type ThreadEvent,
  type TurnFailedError,
} from '@codex-rx/core';
import type { CommandExecutionItem, TurnCompletedEvent } from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import { filter, type Observable } from 'rxjs';

declare const event: ThreadEvent;
declare const signal: RunNotification;
declare const error: unknown;
declare function use(value: unknown): void;

// The union narrows on `type` …
if (event.type === 'thread.started') expectTypeOf(event.thread_id).toEqualTypeOf<string>();
if (event.type === 'turn.failed') expectTypeOf(event.error.message).toEqualTypeOf<string>();
if (event.type === 'error') expectTypeOf(event.message).toEqualTypeOf<string>();
if (event.type === 'malformed') expectTypeOf(event.line_number).toEqualTypeOf<number>();
// … and then on `item.type`, in each of the three kinds that have an item.
if (event.type === 'item.started' || event.type === 'item.updated' || event.type === 'item.completed') {
  if (event.item.type === 'agent_message') expectTypeOf(event.item.text).toEqualTypeOf<string>();
  if (event.item.type === 'command_execution') expectTypeOf(event.item).toExtend<CommandExecutionItem>();
  if (event.item.type === 'todo_list')
    expectTypeOf(event.item.items[0]?.completed).toEqualTypeOf<boolean | undefined>();
  // @ts-expect-error a message has no exit code
  if (event.item.type === 'agent_message') use(event.item.exit_code);
}
// @ts-expect-error before it is narrowed there is no item
use(event.item);
// @ts-expect-error no event has this type
use(event.type === 'turn.finished');

// `filter` infers the narrowed type from a comparison (TypeScript 5.5).
const completed$ = exec$({ prompt: 'x' }).pipe(filter((one) => one.type === 'turn.completed'));
expectTypeOf(completed$).toEqualTypeOf<Observable<TurnCompletedEvent>>();

// A switch over all types is exhaustive, as an application would write it.
const describe = (one: ThreadEvent): string => {
  switch (one.type) {
    case 'thread.started':
    case 'turn.started':
    case 'turn.completed':
    case 'turn.failed':
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
    case 'item.delta':
    case 'item.failed':
    case 'error':
    case 'usage.updated':
    case 'turn.diff':
    case 'unknown':
    case 'malformed':
      return one.type;
  }
};
expectTypeOf(describe).returns.toEqualTypeOf<string>();

// Signals of a run narrow, too.
if (signal.type === 'started') expectTypeOf(signal.pid).toEqualTypeOf<number | undefined>();
if (signal.type === 'event') expectTypeOf(signal.event).toEqualTypeOf<ThreadEvent>();
if (signal.type === 'exited') expectTypeOf(signal.code).toEqualTypeOf<number | null>();

// isCodexError narrows to all errors, and by a code to one class.
if (isCodexError(error)) {
  expectTypeOf(error).toEqualTypeOf<AnyCodexError>();
  if (error.code === 'TURN_FAILED') expectTypeOf(error).toEqualTypeOf<TurnFailedError>();
}
if (isCodexError(error, 'TURN_FAILED')) expectTypeOf(error).toEqualTypeOf<TurnFailedError>();
if (isCodexError(error, 'RUN_TIMEOUT')) expectTypeOf(error.timeout).toEqualTypeOf<RunTimeoutError['timeout']>();
// Each code of a class with several codes narrows to the class.
if (isCodexError(error, 'SESSION_BUSY')) expectTypeOf(error).toEqualTypeOf<SessionError>();
if (isCodexError(error, 'NOT_EXECUTABLE')) expectTypeOf(error).toEqualTypeOf<SpawnError>();
expectTypeOf<'ABORT_ERR'>().toExtend<CodexErrorCode>();
// @ts-expect-error there is no such code
isCodexError(error, 'NO_SUCH_CODE');

// Parameters and return types of the functions.
expectTypeOf(exec$({ prompt: 'x' })).toEqualTypeOf<Observable<ThreadEvent>>();
expectTypeOf(run$({ prompt: 'x' })).toEqualTypeOf<Observable<RunNotification>>();
expectTypeOf(sendPrompt$({ prompt: 'x' })).toEqualTypeOf<Observable<string>>();
expectTypeOf(run$).toBeCallableWith({ command: 'fork', session: 'x' });
expectTypeOf(resume$).toBeCallableWith({ prompt: 'x', session: { last: true, all: true }, timeout: undefined });
// @ts-expect-error a prompt is required
exec$({});
// @ts-expect-error so is a session
resume$({ prompt: 'x' });
// @ts-expect-error a misspelt option
exec$({ prompt: 'x', workingDir: '.' });
