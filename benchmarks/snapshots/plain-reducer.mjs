// The equivalent that an application would write without snapshots: one mutable object, plain arrays, and a Map per
// turn.

const initial = () => ({
  threadId: undefined,
  status: 'pending',
  error: undefined,
  turns: [],
  turnsById: new Map(),
  items: [],
  commands: [],
  messages: [],
  files: new Map(),
  todos: undefined,
  notices: [],
  usage: undefined,
});

function turnOf(state, { turn_id }) {
  const known = turn_id === undefined ? state.turns.at(-1) : state.turnsById.get(turn_id);
  if (known !== undefined) return known;
  const turn = { turnId: turn_id, status: 'in_progress', usage: undefined, items: [], itemsById: new Map() };
  state.turns.push(turn);
  state.turnsById.set(turn_id, turn);
  return turn;
}

function recordOf(state, event, id, blank) {
  const turn = turnOf(state, event);
  const known = turn.itemsById.get(id);
  if (known !== undefined) return known;
  const record = { index: state.items.length, item: blank, state: 'in_progress', error: undefined };
  turn.itemsById.set(id, record);
  turn.items.push(record);
  state.items.push(record);
  if (blank.type === 'command_execution') state.commands.push(record);
  if (blank.type === 'agent_message') state.messages.push(record);
  return record;
}

function putItem(state, event, itemState) {
  const { item } = event;
  const record = recordOf(state, event, item.id, item);
  record.item = item;
  record.state = itemState;
  if (item.type === 'todo_list') state.todos = item;
  if (itemState === 'in_progress') return;
  if (item.type === 'file_change') for (const { path, kind } of item.changes) state.files.set(path, kind);
  if (item.type === 'error') state.notices.push(item.message);
}

function reduce(state, event) {
  switch (event.type) {
    case 'thread.started':
      state.threadId = event.thread_id;
      break;
    case 'turn.started':
      turnOf(state, event);
      state.status = 'in_progress';
      break;
    case 'turn.completed':
    case 'turn.failed': {
      const turn = turnOf(state, event);
      turn.status = state.status = event.type === 'turn.completed' ? 'completed' : 'failed';
      turn.usage = event.usage;
      state.usage = event.usage ?? state.usage;
      state.error = event.error;
      break;
    }
    case 'item.started':
    case 'item.updated':
      putItem(state, event, 'in_progress');
      break;
    case 'item.completed':
      putItem(state, event, 'completed');
      break;
    case 'item.delta': {
      const { item_id: id, item_type: type, delta } = event;
      const record = recordOf(state, event, id, { id, type, text: '', aggregated_output: '' });
      if (delta.text_delta !== undefined) record.item.text += delta.text_delta;
      if (delta.output_delta !== undefined) record.item.aggregated_output += delta.output_delta;
      break;
    }
    case 'error':
      state.notices.push(event.message);
      break;
    default:
  }
  return state;
}

export const plainReducer = { initial, reduce };
