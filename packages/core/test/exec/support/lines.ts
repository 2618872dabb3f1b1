export const THREAD = '01a205c4-69f5-7682-91b9-0f9fa5d429a7';

export const started = { type: 'thread.started', thread_id: THREAD };
export const usage = { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1, reasoning_output_tokens: 0 };
export const completed = { type: 'turn.completed', usage };
export const failed = (message: string) => ({ type: 'turn.failed', error: { message } });
export const notice = (message: string) => ({ type: 'error', message });
export const said = (text: string, id = 'item_0') => ({
  type: 'item.completed',
  item: { id, type: 'agent_message', text },
});
