// Prints the events of a run as they arrive. Stops a run that is silent for 30 s.
import { createCodex, type ThreadEvent } from '@codex-rx/core';
import { idleTimeout, shellCommand } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [
    model.think('A file is missing.'),
    model.todos({ 'Write the file': 'in_progress' }),
    model.patch('*** Add File: hello.txt\n+Hello!'),
    model.run('cat hello.txt'),
    model.say('I wrote hello.txt.'),
  ],
  sample: '0.171.0/everything',
});
const [prompt = 'Write a file hello.txt and print it.'] = source.args;
const codex = createCodex({ ...source.options, workingDirectory: source.folder });

function describe(event: ThreadEvent): string {
  switch (event.type) {
    case 'thread.started':
      return `thread ${event.thread_id}`;
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
      return `${event.type.slice('item.'.length)} ${describeItem(event.item)}`;
    case 'turn.completed':
      return `${event.usage?.output_tokens ?? 0} tokens of output`;
    default:
      return event.type; // also events of CLIs to come
  }
}

function describeItem(item: Extract<ThreadEvent, { type: 'item.completed' }>['item']): string {
  switch (item.type) {
    case 'agent_message':
    case 'reasoning':
      return `${item.type}: ${item.text.replaceAll(/\s+/g, ' ')}`;
    case 'command_execution':
      return `$ ${shellCommand(item)} → ${item.exit_code ?? '…'}`;
    case 'file_change':
      return item.changes.map(({ kind, path }) => `${kind} ${path}`).join(', ');
    case 'todo_list':
      return item.items.map(({ text, completed }) => `${completed ? '✓' : '…'} ${text}`).join(', ');
    default:
      return item.type;
  }
}

await codex
  .exec$({ prompt, timeout: 0 })
  .pipe(idleTimeout(30_000))
  .forEach((event) => {
    console.log(describe(event));
  });
