import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from '@codex-rx/core';
import { reportMissingTools } from '../../../src/app-server/tools/missing-tools.js';

const TOOLS = ['a', 'b', 'c'].map((name) => tool({ name, description: name, execute: () => name }));

describe('reportMissingTools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-missing-tools-'));
  const path = join(folder, 'rollout.jsonl');
  const problems: unknown[] = [];
  const listener = (message: unknown): void => {
    problems.push(message);
  };
  beforeEach(() => {
    problems.length = 0;
    subscribe('codex-rx:settings', listener);
  });
  afterEach(() => {
    unsubscribe('codex-rx:settings', listener);
    rmSync(path, { recursive: true, force: true });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const meta = (payload: object): string => JSON.stringify({ type: 'session_meta', payload });

  it.each([
    ['the tools that it lacks', { dynamic_tools: [{ name: 'b' }] }, '"a", "c"'],
    ['all tools of a thread without any', {}, '"a", "b", "c"'],
    ['all tools of a thread with none', { dynamic_tools: null }, '"a", "b", "c"'],
  ])('reports %s', (_, payload, names) => {
    writeFileSync(path, `${meta(payload)}\n{"type":"x"`);
    reportMissingTools({ id: 't', path }, TOOLS);
    expect(problems).toEqual([
      {
        type: 'settings',
        threadId: 't',
        problem: `The thread was started without the tools ${names}: the model cannot call them. Start a new thread.`,
      },
    ]);
  });

  it.each([
    ['all tools of the thread', meta({ dynamic_tools: TOOLS.map(({ name }) => ({ name })) })],
    ['an empty file', ''],
    ['bytes', '\u0000\ufffd'],
    ['another record', '{"type":"turn_context","payload":{}}'],
    ['tools of an unexpected shape', meta({ dynamic_tools: 7 })],
    ['a record that does not end', meta({ base_instructions: 'x'.repeat(2_000_000) })],
  ])('reports nothing for %s', (_, text) => {
    writeFileSync(path, text);
    reportMissingTools({ id: 't', path }, TOOLS);
    expect(problems).toEqual([]);
  });

  it('reports nothing for a file that it must not read', () => {
    mkdirSync(path);
    reportMissingTools({ id: 't', path }, TOOLS);
    rmSync(path, { recursive: true });
    symlinkSync('/dev/zero', path);
    reportMissingTools({ id: 't', path }, TOOLS);
    reportMissingTools({ id: 't', path: join(folder, 'none') }, TOOLS);
    reportMissingTools({ id: 't', path: null }, TOOLS);
    expect(problems).toEqual([]);
  });
});
