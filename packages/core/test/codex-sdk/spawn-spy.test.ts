import * as childProcess from 'node:child_process';
import { whenIdle } from '@codex-rx/core';
import { Codex } from '@codex-rx/core/codex-sdk';
import { fakeCodex } from '@codex-rx/testing';

jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  return { ...actual, spawn: jest.fn(actual.spawn) };
});

it('spawns the CLI where programs that mock child_process.spawn can observe it', async () => {
  const fake = fakeCodex([
    { line: { type: 'thread.started', thread_id: 't1' } },
    { line: { type: 'turn.completed', usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 } } },
  ]);
  const codex = new Codex({ codexPathOverride: fake.options.binary, env: { PATH: process.env.PATH ?? '', A: 'b' } });
  await codex.startThread({ model: 'm' }).run('Hello');
  await whenIdle();
  const [call] = (childProcess.spawn as jest.Mock).mock.calls as [unknown, string[], { env: object }][];
  expect(call?.[1]).toEqual(['exec', '--experimental-json', '--model', 'm']);
  expect(call?.[2].env).toMatchObject({ A: 'b' });
});
