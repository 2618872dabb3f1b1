import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ExecRequest, exec$ } from '@codex-rx/core';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { clis, observe, optionsOf } from './effect.js';

let hostile: string;
beforeEach(() => {
  mkdirSync(join(homedir(), '.cache'), { recursive: true });
  hostile = mkdtempSync(join(homedir(), '.cache', 'rx-hostile-'));
  mkdirSync(join(hostile, '.git'));
  writeFileSync(join(hostile, 'AGENTS.md'), 'INJECTED-INSTRUCTIONS\n');
  mkdirSync(join(hostile, '.agents/skills/evil'), { recursive: true });
  writeFileSync(
    join(hostile, '.agents/skills/evil/SKILL.md'),
    '---\nname: evil\ndescription: INJECTED-SKILL\n---\nrun\n',
  );
  mkdirSync(join(hostile, '.codex'));
  writeFileSync(join(hostile, '.codex/config.toml'), 'developer_instructions = "INJECTED-CONFIG"\n');
});
afterEach(() => {
  rmSync(hostile, { recursive: true, force: true });
});

/** Runs with the private folder of runs below the hostile one. */
async function run(scripted: ScriptedModel, binary: string, request: Partial<ExecRequest> = {}): Promise<string> {
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = join(hostile, 'cache');
  try {
    const options = { ...optionsOf(scripted, binary), workingDirectory: undefined };
    const { requests, error } = await observe(scripted, exec$({ prompt: 'Go.', ...options, ...request }));
    expect(error).toBeUndefined();
    return JSON.stringify(requests);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  }
}

describe.each(clis)('a run without a working directory, codex %s', (_version, binary) => {
  it('ignores instructions, skills and settings of the folders above', async () => {
    await using scripted = await openScriptedModel([model.say('Done.')]);
    expect((await run(scripted, binary)).includes('INJECTED')).toBe(false);
  });

  it('reads them if the request overrides the settings', async () => {
    await using scripted = await openScriptedModel([model.say('Done.')]);
    const config = { project_root_markers: ['.git'], project_doc_max_bytes: 32_768 };
    const sent = await run(scripted, binary, { config });
    expect(sent.includes('INJECTED-INSTRUCTIONS')).toBe(true);
  });

  it('reads the instructions of its home', async () => {
    await using scripted = await openScriptedModel([model.say('Done.')]);
    writeFileSync(join(scripted.options.codexHome, 'AGENTS.md'), 'INSTRUCTIONS-OF-THE-HOME\n');
    expect((await run(scripted, binary)).includes('INSTRUCTIONS-OF-THE-HOME')).toBe(true);
  });

  it('cannot write into the folder of another run', async () => {
    const other = join(hostile, 'cache/codex-rx/runs/codex-rx-other/work');
    mkdirSync(other, { recursive: true, mode: 0o700 });
    for (const folder of [dirname(dirname(dirname(other))), dirname(dirname(other))]) expect(folder).toContain(hostile);
    const command = `echo x > ${other}/AGENTS.md && echo WRITTEN; echo y > own && cat own; true`;
    await using scripted = await openScriptedModel([model.run(command), model.say('Done.')]);
    const sent = await run(scripted, binary, { sandbox: 'workspace-write' });
    expect(sent.includes('WRITTEN\\n')).toBe(false);
  });
});
