import type * as ours from '@codex-rx/core/codex-sdk';
import type * as official from '@openai/codex-sdk';
import { expectTypeOf } from 'expect-type';

describe('the types of codex-sdk', () => {
  it('accept the options of the official SDK, and the reverse', () => {
    expectTypeOf<official.CodexOptions>().toExtend<ours.CodexOptions>();
    expectTypeOf<ours.CodexOptions>().toExtend<official.CodexOptions>();
    expectTypeOf<official.ThreadOptions>().toExtend<ours.ThreadOptions>();
    expectTypeOf<ours.ThreadOptions>().toExtend<official.ThreadOptions>();
    expectTypeOf<official.TurnOptions>().toExtend<ours.TurnOptions>();
    expectTypeOf<ours.TurnOptions>().toExtend<official.TurnOptions>();
    expectTypeOf<keyof ours.ThreadOptions>().toEqualTypeOf<keyof official.ThreadOptions>();
    expectTypeOf<keyof ours.CodexOptions>().toEqualTypeOf<keyof official.CodexOptions>();
    expectTypeOf<keyof ours.TurnOptions>().toEqualTypeOf<keyof official.TurnOptions>();
    expectTypeOf<ours.Input>().toEqualTypeOf<official.Input>();
    expectTypeOf<ours.UserInput>().toEqualTypeOf<official.UserInput>();
  });

  it('have the enumerations of the official SDK', () => {
    expectTypeOf<ours.ApprovalMode>().toEqualTypeOf<official.ApprovalMode>();
    expectTypeOf<ours.SandboxMode>().toEqualTypeOf<official.SandboxMode>();
    expectTypeOf<ours.ModelReasoningEffort>().toEqualTypeOf<official.ModelReasoningEffort>();
    expectTypeOf<ours.WebSearchMode>().toEqualTypeOf<official.WebSearchMode>();
    expectTypeOf<ours.CyberAccessProgram>().toEqualTypeOf<official.CyberAccessProgram>();
  });

  it('return what the official SDK returns', () => {
    expectTypeOf<ours.ThreadEvent>().toExtend<official.ThreadEvent>();
    expectTypeOf<ours.ThreadItem>().toExtend<official.ThreadItem>();
    expectTypeOf<ours.Turn>().toExtend<official.RunResult>();
    expectTypeOf<ours.RunStreamedResult>().toExtend<official.RunStreamedResult>();
    expectTypeOf<ours.Usage>().toEqualTypeOf<official.Usage>();
    expectTypeOf<ours.Thread['run']>().toExtend<official.Thread['run']>();
    expectTypeOf<ours.Thread['runStreamed']>().toExtend<official.Thread['runStreamed']>();
    expectTypeOf<ours.Thread['id']>().toEqualTypeOf<official.Thread['id']>();
    expectTypeOf<keyof ours.Thread>().toEqualTypeOf<keyof official.Thread>();
    expectTypeOf<keyof ours.Codex>().toEqualTypeOf<keyof official.Codex>();
    expectTypeOf<ConstructorParameters<typeof official.Codex>>().toExtend<ConstructorParameters<typeof ours.Codex>>();
  });

  it('have the names of the official SDK', () => {
    type Names =
      | ours.AgentMessageItem
      | ours.CommandExecutionItem
      | ours.ErrorItem
      | ours.FileChangeItem
      | ours.McpToolCallItem
      | ours.ReasoningItem
      | ours.TodoListItem
      | ours.WebSearchItem;
    expectTypeOf<Names>().toEqualTypeOf<ours.ThreadItem>();
    type Events =
      | ours.ItemCompletedEvent
      | ours.ItemStartedEvent
      | ours.ItemUpdatedEvent
      | ours.ThreadErrorEvent
      | ours.ThreadStartedEvent
      | ours.TurnCompletedEvent
      | ours.TurnFailedEvent
      | ours.TurnStartedEvent;
    expectTypeOf<Events>().toEqualTypeOf<ours.ThreadEvent>();
    expectTypeOf<ours.ThreadError>().toEqualTypeOf<official.ThreadError>();
  });
});
