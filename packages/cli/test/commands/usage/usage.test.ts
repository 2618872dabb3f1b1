import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exec$, fork$, resume$, type ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { runInProcess } from '../../support/in-process.js';
import { buildProgram, type Program, runProgram } from '../../support/program.js';
import { Clock, GeneratedSession } from '../../usage/support/generated-home.js';

let program: Program;
let home: string;
beforeAll(async () => {
  program = await buildProgram();
  home = mkdtempSync(join(tmpdir(), 'usage-'));
  const clock = new Clock();
  const response = { input: 200_000, cached: 100_000, output: 10_000, reasoning: 5 };
  const origin = new GeneratedSession(clock, 'copy');
  origin.turn({ model: 'gpt-5.5', isResumed: false, responses: [response, response] });
  const fork = new GeneratedSession(clock, 'copy', { origin, folder: '/other' });
  fork.turn({ model: 'gpt-99', isResumed: false, responses: [response] });
  origin.write(home);
  fork.write(home, { archived: true });
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const run = (...args: readonly string[]) => runProgram(program, ['usage', ...args], { env: { CODEX_HOME: home } });

describe('codex-rx usage', () => {
  it('prints a table of the days of CODEX_HOME', async () => {
    const { code, stdout, stderr } = await run('--timezone', 'UTC');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^2026-11-30 +2 +600,000 +300,000 +30,000 +15 +1\.70\+ {2}█+$/m);
    expect(stdout).toContain('No price known for these models:\n  gpt-99: 210,000 tokens\n');
    expect(stdout).not.toContain('\u001b');
  });

  it('prints JSON', async () => {
    const { stdout } = await run('--json', '--offline', '--by', 'model', '--timezone', 'UTC', '--since', '20261130');

    expect(JSON.parse(stdout)).toMatchObject({
      by: ['model'],
      timezone: 'UTC',
      since: '2026-11-30',
      until: null,
      prices: { source: '@pydantic/genai-prices' },
      rows: [
        { model: 'gpt-5.5', sessions: 1, inputTokens: 400_000, totalTokens: 420_000, costUsd: 1.7, unpricedTokens: 0 },
        { model: 'gpt-99', sessions: 1, inputTokens: 200_000, costUsd: 0, unpricedTokens: 210_000 },
      ],
      total: { sessions: 2, inputTokens: 600_000, outputTokens: 30_000 },
      unpricedModels: [{ model: 'gpt-99', provider: 'openai', totalTokens: 210_000 }],
      files: 2,
      skippedFiles: [],
      damagedLines: 0,
    });
  });

  it('sums up exactly what the model reported to the real CLI, over resumed and forked sessions', async () => {
    const script = [1, 2, 3, 4].flatMap((n) => [
      model.usage({ input: 1000 * n, cached: 100 * n, output: 10 * n }),
      model.say(`Answer ${String(n)}.`),
    ]);
    await using scripted = await openScriptedModel(script);
    const common = {
      ...scripted.options,
      workingDirectory: home,
      sandbox: 'read-only',
      skipGitRepoCheck: true,
    } as const;
    const threadOf = async (events$: Observable<ThreadEvent>) => {
      const all = await lastValueFrom(events$.pipe(toArray()));
      return all.flatMap((event) => (event.type === 'thread.started' ? [event.thread_id] : []))[0] ?? '';
    };
    const first = await threadOf(exec$({ ...common, prompt: 'One.' }));
    await threadOf(resume$({ ...common, session: first, prompt: 'Two.' }));
    const fork = await threadOf(fork$({ ...common, session: first, prompt: 'Three.' }));
    await threadOf(resume$({ ...common, session: fork, prompt: 'Four.' }));

    const { stdout } = await run('--json', '--by', 'session', '--home', scripted.options.codexHome);
    const { total, rows } = JSON.parse(stdout) as { total: object; rows: readonly object[] };
    expect(total).toMatchObject({ sessions: 2, inputTokens: 10_000, cachedInputTokens: 1000, outputTokens: 100 });
    expect(rows).toEqual([
      expect.objectContaining({ session: fork, inputTokens: 7000 }),
      expect.objectContaining({ session: first, inputTokens: 3000 }),
    ]);
  });

  it.each([
    [['--by', 'year'], 'Unknown value "year" of --by. Use day, week, month, model, project, session.'],
    [['--since', '2026-02-30'], '"2026-02-30" of --since is not a day. Write it as 2026-11-30.'],
    [['--timezone', 'Mars'], 'Unknown time zone "Mars". Write it as Europe/Berlin.'],
    [['--provider', 'x'], 'The price table has no provider "x". Pass one such as "openai" to --provider.'],
    [['--home', '/missing'], 'There is no Codex home at /missing. Set CODEX_HOME or pass --home.'],
  ])('rejects %j', async (args, message) => {
    expect(await runInProcess(['usage', ...args])).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  });
});
