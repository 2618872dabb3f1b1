import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exec$, fork$, resume$, review$ } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { clis, clisWith, effectOf, observe, optionsOf } from './effect.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-effects-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(clis)('with codex %s', (_version, binary) => {
  it('workingDirectory is the folder of the agent', async () => {
    const { context, toolOutput } = await effectOf(binary, { workingDirectory: folder }, [
      model.run('pwd; sleep 0.4'),
      model.say('Done.'),
    ]);
    expect(context?.cwd).toBe(folder);
    expect(toolOutput).toContain(folder);
  });

  it('env changes the environment of the agent, also by removal', async () => {
    process.env.RX_EFFECT_HOST = 'host';
    process.env.RX_EFFECT_GONE = 'gone';
    try {
      const { toolOutput } = await effectOf(
        binary,
        { env: { RX_EFFECT_OWN: 'own', RX_EFFECT_GONE: undefined }, sandbox: 'danger-full-access' },
        [model.run('env | grep ^RX_EFFECT | sort; sleep 0.5'), model.say('Done.')],
      );
      expect(toolOutput.match(/^RX_EFFECT.*$/gm)).toEqual(['RX_EFFECT_HOST=host', 'RX_EFFECT_OWN=own']);
    } finally {
      delete process.env.RX_EFFECT_HOST;
      delete process.env.RX_EFFECT_GONE;
    }
  });

  it('inheritEnv: false leaves out the environment of the host', async () => {
    process.env.RX_EFFECT_HOST = 'host';
    try {
      const { error, toolOutput } = await effectOf(
        binary,
        { inheritEnv: false, env: { PATH: process.env.PATH, RX_EFFECT_OWN: 'own' }, sandbox: 'danger-full-access' },
        [model.run('env | grep ^RX_EFFECT | sort; sleep 0.5'), model.say('Done.')],
      );
      expect([error, toolOutput.match(/^RX_EFFECT.*$/gm)]).toEqual([undefined, ['RX_EFFECT_OWN=own']]);
    } finally {
      delete process.env.RX_EFFECT_HOST;
    }
  });

  it('outputLastMessage is written, with its folders, and codexHome contains the session', async () => {
    const file = join(folder, 'a', 'b', 'last.txt');
    const { rollouts } = await effectOf(binary, { outputLastMessage: file }, [model.say('The very last.')]);
    expect(readFileSync(file, 'utf8').trim()).toBe('The very last.');
    expect(rollouts).toHaveLength(1);
  });

  it('resume finds the last session of the folder, or of any folder with `all`', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.'), model.say('Three.')]);
    const options = optionsOf(scripted, binary);
    const first = await observe(scripted, exec$({ ...options, workingDirectory: folder, prompt: 'First.' }));
    const session = { last: true as const };
    const here = await observe(scripted, resume$({ ...options, workingDirectory: folder, prompt: 'Second.', session }));
    const anywhere = await observe(
      scripted,
      resume$({
        ...options,
        workingDirectory: join(folder, 'elsewhere'),
        prompt: 'Third.',
        session: { last: true, all: true },
      }),
    );
    expect([here, anywhere].map(({ events }) => events[0]?.thread_id)).toEqual([
      first.events[0]?.thread_id,
      first.events[0]?.thread_id,
    ]);
    expect(anywhere.requests[0]?.prompt).toBe('Third.');
  });
});

describe.each(clisWith('ephemeral'))('with codex %s', (_version, binary) => {
  it('ephemeral leaves no session', async () => {
    const { rollouts, error } = await effectOf(binary, { ephemeral: true });
    expect([rollouts, error]).toEqual([[], undefined]);
  });
});

describe.each(clisWith('fork'))('with codex %s', (_version, binary) => {
  it('fork continues a session in another one, with or without a prompt', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const options = { ...optionsOf(scripted, binary), workingDirectory: folder };
    const first = await observe(scripted, exec$({ ...options, prompt: 'First.' }));
    const session = first.events[0]?.thread_id ?? '';
    const fork = await observe(scripted, fork$({ ...options, session, prompt: 'Second.', model: 'gpt-5.4' }));
    expect(fork.events[0]?.thread_id).not.toBe(session);
    expect(fork.requests[0]).toMatchObject({ prompt: 'Second.', model: 'gpt-5.4' });
    expect(JSON.stringify(fork.body.input).includes('First.')).toBe(true);
    const silent = await observe(scripted, fork$({ ...options, session }));
    expect([silent.events.map(({ type }) => type), silent.error, silent.requests]).toEqual([
      ['thread.started'],
      undefined,
      [],
    ]);
  });
});

describe.each(clisWith('review'))('with codex %s', (_version, binary) => {
  const git = (...argv: string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...argv], {
      cwd: folder,
      encoding: 'utf8',
    });
  const answer = JSON.stringify({
    findings: [],
    overall_correctness: 'fine',
    overall_explanation: 'All is well.',
    overall_confidence_score: 1,
  });

  it('review names its target to the model, for each type of target', async () => {
    git('init', '-q', '-b', 'trunk');
    git('commit', '-q', '--allow-empty', '-m', 'one');
    const commit = git('rev-parse', 'HEAD').trim();
    await using scripted = await openScriptedModel(Array.from({ length: 4 }, () => model.say(answer)));
    const review = async (target: Parameters<typeof review$>[0]['target']): Promise<string> => {
      const { requests, error } = await observe(
        scripted,
        review$({ ...optionsOf(scripted, binary), workingDirectory: folder, target }),
      );
      expect(error).toBeUndefined();
      return JSON.stringify(requests[0]?.input);
    };
    expect(await review({ uncommitted: true })).toMatch(/staged, unstaged, and untracked/);
    expect(await review({ base: 'trunk' })).toContain("'trunk'");
    expect(await review({ commit, title: 'The title' })).toContain(commit);
    expect(await review({ prompt: 'Look at the tests.' })).toContain('Look at the tests.');
  });
});

it('the temporary files of a run are removed at its end', async () => {
  const [, binary] = clis[0] ?? ['', ''];
  const { context } = await effectOf(binary, {
    outputSchema: { type: 'object', properties: {}, additionalProperties: false },
  });
  expect(existsSync(String(context?.cwd))).toBe(false);
  expect(String(context?.cwd)).toMatch(/[\\/]codex-rx[\\/]runs[\\/]codex-rx-[\w-]+[\\/]work$/);
  expect(existsSync(dirname(String(context?.cwd)))).toBe(false);
});
