import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecRequest, exec$, fork$, resume$, type ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import type { Observable } from 'rxjs';
import { clis, clisWith, observe, optionsOf } from './effect.js';

const continuations = [
  ...clis.map(([version, binary]) => ['resume$', version, binary, resume$] as const),
  ...clisWith('fork').map(([version, binary]) => ['fork$', version, binary, fork$] as const),
];
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-effects-')));
  for (const name of ['elsewhere', 'extra']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'image.png'), pixel);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The subcommands themselves know few of these options. */
describe.each(continuations)('%s with codex %s', (_name, _version, binary, continue$) => {
  it('accepts the options of a run', async () => {
    await using scripted = await openScriptedModel([
      model.say('One.'),
      model.run('env | grep ^RX_SET | sort; touch touched; sleep 0.5'),
      model.say('Two.'),
    ]);
    const options = optionsOf(scripted, binary);
    const first = await observe(scripted, exec$({ ...options, workingDirectory: folder, prompt: 'First.' }));
    const request: ExecRequest = {
      ...options,
      prompt: 'Second.',
      model: 'gpt-5.4',
      workingDirectory: join(folder, 'elsewhere'),
      sandbox: 'workspace-write',
      addDirs: [join(folder, 'extra')],
      images: [join(folder, 'image.png')],
      outputSchema: { type: 'object', properties: {}, additionalProperties: false },
      outputLastMessage: join(folder, 'last.txt'),
      allowInWorkspace: true,
      reasoning: { effort: 'high' },
      search: true,
      config: { shell_environment_policy: { set: { RX_SET: 'set' } } },
      configOverrides: ['shell_environment_policy.set.RX_SET_TOO="too"'],
    };
    const second = await observe(scripted, continued(continue$, request, first.events[0]?.thread_id ?? ''));

    expect(second.error).toBeUndefined();
    const { model: name, reasoning, text, input, tools } = second.body;
    expect([name, reasoning, text]).toMatchObject(['gpt-5.4', { effort: 'high' }, { format: { type: 'json_schema' } }]);
    const asked = JSON.stringify(input);
    for (const part of ['First.', 'Second.', 'data:image/png'])
      expect([part, asked.includes(part)]).toEqual([part, true]);
    expect(JSON.stringify(tools)).toContain('"external_web_access":true');
    expect(second.context).toMatchObject({
      cwd: join(folder, 'elsewhere'),
      sandbox_policy: {
        type: 'workspace-write',
        writable_roots: expect.arrayContaining([join(folder, 'extra')]) as string[],
      },
    });
    expect(second.toolOutput).toMatch(/RX_SET=set\s+RX_SET_TOO=too/);
    expect(readFileSync(join(folder, 'last.txt'), 'utf8').trim()).toBe('Two.');
  });

  it('accepts features', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const options = { ...optionsOf(scripted, binary), workingDirectory: folder };
    const first = await observe(scripted, exec$({ ...options, prompt: 'First.' }));
    const request = { ...options, prompt: 'Second.', disable: ['shell_tool'] };
    const second = await observe(scripted, continued(continue$, request, first.events[0]?.thread_id ?? ''));
    expect(first.toolNames).toContain('exec_command');
    expect(second.toolNames).not.toContain('exec_command');
  });
});

function continued(
  continue$: typeof resume$ | typeof fork$,
  request: ExecRequest,
  session: string,
): Observable<ThreadEvent> {
  return continue$({ ...request, session });
}

describe.each(clisWith('ignoreRules'))('resume$ with codex %s', (_version, binary) => {
  it('accepts ignoreRules', async () => {
    await using scripted = await openScriptedModel([
      model.say('One.'),
      model.run('touch touched'),
      model.say('Two.'),
      model.run('touch touched'),
      model.say('Three.'),
    ]);
    mkdirSync(join(scripted.options.codexHome, 'rules'));
    writeFileSync(
      join(scripted.options.codexHome, 'rules', 'default.rules'),
      'prefix_rule(pattern = ["touch"], decision = "forbidden")\n',
    );
    const options = { ...optionsOf(scripted, binary), workingDirectory: folder, sandbox: 'danger-full-access' };
    const first = await observe(scripted, exec$({ ...options, prompt: 'First.' }));
    const session = first.events[0]?.thread_id ?? '';
    const bound = await observe(scripted, resume$({ ...options, prompt: 'Second.', session }));
    const free = await observe(scripted, resume$({ ...options, prompt: 'Third.', session, ignoreRules: true }));
    expect(bound.toolOutput).toMatch(/forbidden|rejected|blocked/i);
    expect(free.toolOutput).not.toMatch(/forbidden|rejected|blocked/i);
  });
});

describe.each(clisWith('fork'))('fork$ with codex %s', (_version, binary) => {
  it('accepts ephemeral: neither session contains the turn', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const options = { ...optionsOf(scripted, binary), workingDirectory: folder };
    const first = await observe(scripted, exec$({ ...options, prompt: 'First.' }));
    const before = first.rollouts.map((path) => readFileSync(path, 'utf8'));
    const fork = await observe(
      scripted,
      fork$({ ...options, prompt: 'Second.', session: first.events[0]?.thread_id ?? '', ephemeral: true }),
    );
    expect(fork.error).toBeUndefined();
    expect(fork.rollouts.map((path) => readFileSync(path, 'utf8'))).toEqual(before);
  });
});
