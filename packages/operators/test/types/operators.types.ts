import type {
  AgentMessageItem,
  CommandExecutionItem,
  ErrorEvent,
  McpToolCallItem,
  RawLine,
  ThreadEvent,
  TodoItem,
  TurnFailedEvent,
  Usage,
} from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import * as t from 'io-ts';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { NEVER } from 'rxjs';
import {
  agentMessages,
  commands,
  emptySnapshot,
  type FileChange,
  fileChanges,
  finalMessage,
  finalOutput,
  hotSwap,
  type IdleTimeoutError,
  type IdleTimeoutInfo,
  type IdleTimeoutOptions,
  type ItemSnapshot,
  type ItemSnapshotEvent,
  idleTimeout,
  itemSnapshots,
  type Notice,
  notices,
  ofItem,
  ofType,
  resumeOnFailure,
  snapshots,
  type TextDelta,
  type ThreadSnapshot,
  type TurnSnapshot,
  takeUntilTurnEnd,
  textDeltas,
  toAsyncIterable,
  todos,
  turns,
  type UsageReport,
  usage,
  type ValueIterator,
  withLatestSnapshot,
} from '../../src/index.browser.js';
import { type TeeLinesOptions, teeLines } from '../../src/node.js';

declare const source$: Observable<ThreadEvent>;
declare const lines$: Observable<string>;
declare const rawLines$: Observable<RawLine>;

// Emitted values.
expectTypeOf(source$.pipe(snapshots())).toEqualTypeOf<Observable<ThreadSnapshot>>();
expectTypeOf(source$.pipe(itemSnapshots())).toEqualTypeOf<Observable<ItemSnapshot>>();
expectTypeOf(source$.pipe(withLatestSnapshot())).toEqualTypeOf<
  Observable<readonly [event: ThreadEvent, snapshot: ThreadSnapshot]>
>();
expectTypeOf(source$.pipe(withLatestSnapshot({ project: (event) => event }))).toEqualTypeOf<Observable<ThreadEvent>>();
expectTypeOf(
  source$.pipe(withLatestSnapshot({ project: (_event, { items }, index) => items.length + index })),
).toEqualTypeOf<Observable<number>>();
expectTypeOf(source$.pipe(ofType('error'))).toEqualTypeOf<Observable<ErrorEvent>>();
expectTypeOf(source$.pipe(ofType('error', 'turn.failed'))).toEqualTypeOf<Observable<ErrorEvent | TurnFailedEvent>>();
expectTypeOf(source$.pipe(ofItem('command_execution'))).toEqualTypeOf<
  Observable<ItemSnapshotEvent<'command_execution'>>
>();
expectTypeOf<ItemSnapshotEvent<'command_execution'>['item']>().toEqualTypeOf<CommandExecutionItem>();
expectTypeOf<ItemSnapshotEvent<'command_execution' | 'mcp_tool_call'>['item']>().toEqualTypeOf<
  CommandExecutionItem | McpToolCallItem
>();
expectTypeOf(source$.pipe(agentMessages())).toEqualTypeOf<Observable<AgentMessageItem>>();
expectTypeOf(source$.pipe(commands())).toEqualTypeOf<Observable<CommandExecutionItem>>();
expectTypeOf(source$.pipe(fileChanges())).toEqualTypeOf<Observable<FileChange>>();
expectTypeOf(source$.pipe(finalMessage())).toEqualTypeOf<Observable<string>>();
expectTypeOf(source$.pipe(notices())).toEqualTypeOf<Observable<Notice>>();
expectTypeOf(source$.pipe(textDeltas())).toEqualTypeOf<Observable<TextDelta>>();
expectTypeOf(source$.pipe(todos())).toEqualTypeOf<Observable<readonly TodoItem[]>>();
expectTypeOf(source$.pipe(turns())).toEqualTypeOf<Observable<TurnSnapshot>>();
expectTypeOf(source$.pipe(takeUntilTurnEnd())).toEqualTypeOf<Observable<ThreadEvent>>();
expectTypeOf(source$.pipe(usage())).toEqualTypeOf<Observable<UsageReport>>();
expectTypeOf(source$.pipe(resumeOnFailure({ resume: () => source$ }))).toEqualTypeOf<Observable<ThreadEvent>>();

// Decoders: a codec, an Either, a plain value.
expectTypeOf(source$.pipe(finalOutput(t.type({ n: t.number })))).toEqualTypeOf<Observable<{ n: number }>>();
expectTypeOf(source$.pipe(finalOutput((value: unknown) => t.string.decode(value)))).toEqualTypeOf<Observable<string>>();
expectTypeOf(source$.pipe(finalOutput((value: unknown) => Number(value)))).toEqualTypeOf<Observable<number>>();

// Other streams come in.
expectTypeOf(idleTimeout(5)).toEqualTypeOf<MonoTypeOperatorFunction<ThreadEvent>>();
expectTypeOf(source$.pipe(idleTimeout({ each: 5 }))).toEqualTypeOf<Observable<ThreadEvent>>();
expectTypeOf(source$.pipe(idleTimeout({ each: 5, with: () => ['idle'] }))).toEqualTypeOf<
  Observable<ThreadEvent | string>
>();
expectTypeOf<Parameters<NonNullable<IdleTimeoutOptions['with']>>>().toEqualTypeOf<[info: IdleTimeoutInfo]>();
expectTypeOf<IdleTimeoutError['info']>().toEqualTypeOf<IdleTimeoutInfo>();
expectTypeOf(lines$.pipe(hotSwap((prompt, { signal }) => [prompt, signal.aborted]))).toEqualTypeOf<
  Observable<string | boolean>
>();
expectTypeOf(
  toAsyncIterable((paused$) => (expectTypeOf(paused$).toEqualTypeOf<Observable<boolean>>(), source$)),
).toEqualTypeOf<ValueIterator<ThreadEvent>>();

// Lines keep their type.
expectTypeOf(teeLines('x')).toEqualTypeOf<MonoTypeOperatorFunction<RawLine>>();
expectTypeOf(teeLines(process.stdout)).toEqualTypeOf<MonoTypeOperatorFunction<RawLine>>();
expectTypeOf(rawLines$.pipe(teeLines('x'))).toEqualTypeOf<Observable<RawLine>>();
expectTypeOf<TeeLinesOptions>().toEqualTypeOf<{
  readonly append?: boolean | undefined;
  readonly flush?: boolean | undefined;
  readonly mkdir?: boolean | undefined;
  readonly rotate?: { readonly maxBytes: number; readonly keep?: number | undefined } | undefined;
  readonly onError?: 'error' | 'ignore' | undefined;
}>();
expectTypeOf(teeLines).parameter(1).toEqualTypeOf<TeeLinesOptions | undefined>();

// The seed.
expectTypeOf(snapshots).parameter(0).toEqualTypeOf<{ readonly seed?: ThreadSnapshot | undefined } | undefined>();
expectTypeOf(source$.pipe(snapshots({ seed: emptySnapshot }))).toEqualTypeOf<Observable<ThreadSnapshot>>();
expectTypeOf(source$.pipe(withLatestSnapshot({ seed: emptySnapshot }))).toEqualTypeOf<
  Observable<readonly [event: ThreadEvent, snapshot: ThreadSnapshot]>
>();
expectTypeOf(usage).parameter(0).toEqualTypeOf<{ readonly baseline?: Usage | undefined } | undefined>();
expectTypeOf<UsageReport['total']>().toEqualTypeOf<Usage>();

// Rejected arguments.
// @ts-expect-error -- no such event
ofType('turn.exploded');
// @ts-expect-error -- no such item
ofItem('hologram');
// @ts-expect-error -- a limit is a number
idleTimeout('5s');
// @ts-expect-error -- it must be told how to go on
resumeOnFailure({ count: 2 });
// @ts-expect-error -- no such class of failure
resumeOnFailure({ resume: () => NEVER, when: ['bad_luck'] });
// @ts-expect-error -- events, not lines
lines$.pipe(snapshots());
// @ts-expect-error -- lines, not events
source$.pipe(teeLines('x'));
// @ts-expect-error -- no such way to fail
teeLines('x', { onError: 'retry' });
// @ts-expect-error -- when to rotate must be said
teeLines('x', { rotate: { keep: 2 } });
// @ts-expect-error -- figures, not a report of them
usage({ baseline: { total: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 } } });
// @ts-expect-error -- a whole snapshot, not a part of one
snapshots({ seed: { items: emptySnapshot.items } });
export const write = (snapshot: ThreadSnapshot) => {
  // @ts-expect-error -- a snapshot is not to be written to
  snapshot.status = 'failed';
};
