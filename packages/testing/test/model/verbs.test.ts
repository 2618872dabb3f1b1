import {
  model,
  openScriptedModel,
  type Script,
  type ScriptedModel,
  type ScriptedModelOptions,
} from '../../src/model/index.js';
import { runCodex } from './run-codex.js';

let opened: ScriptedModel | undefined;
afterEach(() => opened?.close());

async function open(script: Script, options?: ScriptedModelOptions): Promise<ScriptedModel> {
  return (opened = await openScriptedModel(script, options));
}

describe('say', () => {
  it('makes an agent message, and ends the turn', async () => {
    const scripted = await open([model.say('Hello! The workspace is ready.')]);
    const { events, code } = await runCodex(scripted, 'Say hello');
    expect(events).toMatchObject([
      { type: 'thread.started' },
      { type: 'turn.started' },
      { type: 'item.completed', item: { type: 'agent_message', text: 'Hello! The workspace is ready.' } },
      { type: 'turn.completed', usage: { input_tokens: 120, cached_input_tokens: 20, output_tokens: 30 } },
    ]);
    expect(code).toBe(0);
    scripted.assertDone();
  });
});
