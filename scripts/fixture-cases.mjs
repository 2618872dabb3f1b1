// The recorded cases: scripts of the model, files and prompts of the runs.
import { model } from '@codex-rx/testing';

const demo = { tools: { echo: 'echo: done?', fail: { error: 'refused: not yet' } } };
const calc = 'exports.add = (a, b) => a - b;\n';
const check = `node -e "process.exit(require('./calc.js').add(1, 2) === 3 ? 0 : 1)"`;
const steps = (fix, test) => model.todos({ 'Fix the operator': fix, 'Check it': test });

export const cases = [
  {
    name: 'plain-answer',
    shows: 'one message, nothing else',
    script: [model.say('Hello! The workspace is ready.')],
  },
  {
    name: 'everything',
    shows:
      'every kind of item in one turn: reasoning, messages, a plan, commands that fail and succeed, a patch, MCP calls, a web search, a sub-agent, a notice',
    files: { 'calc.js': calc },
    options: { mcpServers: { demo } },
    // Needed by 0.98; later versions note that it is deprecated, which is the one notice that is easy to get.
    request: { enable: ['collab'] },
    script: [
      [
        model.think(['**Locating the bug**\n\nThe sign is wrong.']),
        model.say('The operator is wrong, I will fix it.'),
        steps('in_progress', 'pending'),
      ],
      model.run(`${check} && echo ok`),
      model.patch('*** Update File: calc.js\n@@\n-exports.add = (a, b) => a - b;\n+exports.add = (a, b) => a + b;'),
      steps('completed', 'in_progress'),
      model.run(`${check} && echo ok`),
      model.mcp('demo', 'echo', { text: 'done?' }),
      model.mcp('demo', 'fail', { reason: 'not yet' }),
      model.search('js subtraction vs addition'),
      model.spawnAgent('Count the files', [model.say('1 file')]),
      model.waitForAgent(),
      model.closeAgent(),
      steps('completed', 'completed'),
      model.say('Fixed and checked.'),
    ],
  },
  {
    name: 'failed-turn',
    shows: 'a turn that fails after a command: the context is full',
    script: [[model.say('I look around.'), model.run('echo looking')], model.fail('context_overflow')],
  },
  {
    name: 'reconnect-then-ok',
    shows: 'two broken streams, then an answer: notices are no failure',
    options: { retries: 3 },
    script: [model.fail('disconnected'), model.fail('dropped'), model.say('Third time lucky.')],
  },
  {
    name: 'usage-limit',
    shows: 'a turn that fails at the usage limit, with the time of its end',
    script: [
      model.run('true'),
      model.fail('usage_limit', { plan: 'plus', resetsAt: new Date('2031-05-06T07:08:09Z') }),
    ],
  },
  {
    name: 'long-output',
    shows: 'a command with 100 KB of output on one line of the stream',
    script: [model.run('seq -f "line %05g of a long output" 1 4000'), model.say('That was long.')],
  },
  {
    name: 'resumed-thread',
    shows:
      'a thread that is resumed by a second run: the same id, items counted from 0 again, usage of the whole thread',
    prompts: ['Say one', 'Say two'],
    script: [model.say('One.'), model.run('echo two'), model.say('Two.')],
  },
];
