import { reasoningEntries } from '../../src/request/reasoning.js';
import type { CodexOptions } from '../../src/request/types.js';

const defaults = [
  ['model_reasoning_effort', 'medium'],
  ['model_reasoning_summary', 'auto'],
  ['model_verbosity', 'low'],
];

describe('reasoningEntries', () => {
  it.each(['gpt-5', 'gpt-5-codex', 'gpt-5-codex-mini', 'gpt-5.1', 'gpt-5.1-codex-max', 'GPT-5.1-CODEX-MAX'])(
    'gives the defaults to %s',
    (model) => {
      expect(reasoningEntries({ model })).toEqual(defaults);
    },
  );

  it.each([undefined, 'gpt-4.1-mini', 'gpt-5.2', 'gpt-5.5', 'gpt-50', 'gpt-6-sol', ' gpt-5.1', 'my-gpt-5'])(
    'leaves %s alone',
    (model) => {
      expect(reasoningEntries({ model })).toEqual([]);
    },
  );

  it.each<CodexOptions>([
    { autoReasoningDefaults: false },
    { config: { model_verbosity: 'high' } },
    { config: { model_supports_reasoning_summaries: true } },
    { configOverrides: ['x=1', ' model_reasoning_effort = "low"'] },
    { configOverrides: ['model_reasoning_summary_format=none'] },
  ])('gives none with %j', (options) => {
    expect(reasoningEntries({ model: 'gpt-5', ...options })).toEqual([]);
  });

  it.each<CodexOptions>([
    { config: { model_verbosity: undefined } },
    { config: { model_verbosity_x: 'y', a: { model_verbosity: 'low' } } },
    { configOverrides: ['x.model_verbosity=1', 'y=model_verbosity=1'] },
    { reasoning: {} },
    { reasoning: { effort: undefined } },
  ])('is not taken in by %j', (options) => {
    expect(reasoningEntries({ model: 'gpt-5', ...options })).toEqual(defaults);
  });

  it('returns explicit settings without defaults', () => {
    expect(reasoningEntries({ model: 'gpt-5', reasoning: { summary: 'none', supportsSummaries: false } })).toEqual([
      ['model_reasoning_summary', 'none'],
      ['model_supports_reasoning_summaries', false],
    ]);
  });
});
