// The recorded sessions: what is in the session files of the CLI, and partly in no stream.
import { model } from '@codex-rx/testing';
import { cases } from './fixture-cases.mjs';
import { SESSION } from './lib/raw-model.mjs';

const call = (id, name, args) => ({
  type: 'function_call',
  id: `fc_${id}`,
  call_id: `call_${id}`,
  name,
  arguments: JSON.stringify(args),
});
const poll = (id) => ({ ...call(id, 'write_stdin', {}), arguments: `{"session_id":${SESSION},"yield_time_ms":3000}` });
const custom = (id, name, input) => ({ type: 'custom_tool_call', id: `ct_${id}`, call_id: `call_${id}`, name, input });
const message = (id, text) => ({
  type: 'message',
  role: 'assistant',
  id: `msg_${id}`,
  content: [{ type: 'output_text', text }],
});
const patch = (text) => `*** Begin Patch\n${text}\n*** End Patch`;

const program = `const result = await tools.exec_command({ cmd: "echo from a program" });
text(result.output);
await tools.apply_patch(${JSON.stringify(patch('*** Add File: program.txt\n+written'))});`;
/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const shared = cases.filter(({ name }) => ['everything', 'failed-turn', 'resumed-thread'].includes(name));

const oddCalls = {
  name: 'odd-calls',
  files: { 'picture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.txt': 'one\n' },
  responses: [
    [
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: null },
      { type: 'reasoning', id: 'rs_2', summary: [{ type: 'summary_text', text: '**Odd**' }], encrypted_content: null },
      call('view', 'view_image', { path: 'picture.svg' }),
    ],
    [custom('mismatch', 'apply_patch', patch('*** Update File: a.txt\n@@\n-two\n+three'))],
    [custom('move', 'apply_patch', patch('*** Update File: a.txt\n*** Move to: b.txt\n@@\n-one\n+two'))],
    [call('unknown', 'no_such_tool', { a: 1 })],
    [call('broken', 'exec_command', { nothing: true })],
    [call('begin', 'exec_command', { cmd: 'echo begin; sleep 0.6; echo end', yield_time_ms: 250 })],
    [poll('poll')],
    [
      { type: 'image_generation_call', id: 'ig_1', status: 'completed', revised_prompt: 'a dot', result: PNG },
      message('last', 'That was odd.'),
    ],
  ],
};

const codeMode = (slug) => ({
  name: 'code-mode',
  options: { model: slug },
  responses: [[custom('program', 'exec', program)], [message('last', 'The program ran.')]],
});

const forked = {
  name: 'forked',
  prompts: ['One', 'Two'],
  script: [[model.say('First.'), model.run('echo one')], model.say('1'), model.say('2'), model.say('3')],
  fork: 'Three',
};

/** The cases that a version has: models that write programs exist since 0.144. */
export function sessionCases(version) {
  const minor = Number(version.split('.')[1]);
  const slug = minor >= 144 ? (minor >= 160 ? 'gpt-6-sol' : 'gpt-5.6-sol') : undefined;
  return [...shared, oddCalls, forked, ...(slug === undefined ? [] : [codeMode(slug)])];
}
