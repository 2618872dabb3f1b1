import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { model } from '@codex-rx/testing';
import { clis, clisWith, effectOf } from './effect.js';

/** Folders below the temporary one are writable in the sandbox. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(homedir(), '.codex-rx-effects-'));
  for (const name of ['work', 'extra', 'other']) mkdirSync(join(folder, name));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes wherever the sandbox allows it; slowly, because a command that ends immediately leaves no trace. */
const writing = () => [
  model.run(`for d in work extra other; do echo x > ${folder}/$d/file; done; sleep 0.5`),
  model.say('Done.'),
];
const written = (): string[] =>
  ['work', 'extra', 'other'].filter((name) => {
    try {
      return readFileSync(join(folder, name, 'file'), 'utf8') === 'x\n';
    } catch {
      return false;
    }
  });

describe.each(clis)('with codex %s', (_version, binary) => {
  const at = () => ({ workingDirectory: join(folder, 'work') });

  it('sandbox: read-only writes nowhere', async () => {
    const { context } = await effectOf(binary, { ...at(), sandbox: 'read-only' }, writing());
    expect(written()).toEqual([]);
    expect(context).toMatchObject({ sandbox_policy: { type: 'read-only' }, approval_policy: 'never' });
  });

  it('sandbox: workspace-write writes in the working directory', async () => {
    await effectOf(binary, { ...at(), sandbox: 'workspace-write' }, writing());
    expect(written()).toEqual(['work']);
  });

  it('addDirs are writable, too', async () => {
    await effectOf(binary, { ...at(), sandbox: 'workspace-write', addDirs: [join(folder, 'extra')] }, writing());
    expect(written()).toEqual(['work', 'extra']);
  });

  it('addDirs are relative to the working directory', async () => {
    await effectOf(binary, { ...at(), sandbox: 'workspace-write', addDirs: ['../extra'] }, writing());
    expect(written()).toEqual(['work', 'extra']);
  });

  it('sandbox: danger-full-access writes everywhere', async () => {
    await effectOf(binary, { ...at(), sandbox: 'danger-full-access' }, writing());
    expect(written()).toEqual(['work', 'extra', 'other']);
  });

  it('safety: full-auto writes in the working directory without questions', async () => {
    const { context } = await effectOf(binary, { ...at(), safety: 'full-auto' }, writing());
    expect(written()).toEqual(['work']);
    expect(context).toMatchObject({ approval_policy: 'never', sandbox_policy: { type: 'workspace-write' } });
  });

  it('safety: bypass writes everywhere, with any sandbox option', async () => {
    const { context } = await effectOf(binary, { ...at(), safety: 'bypass', sandbox: 'read-only' }, writing());
    expect(written()).toEqual(['work', 'extra', 'other']);
    expect(context).toMatchObject({ sandbox_policy: { type: 'danger-full-access' } });
  });

  it('skipGitRepoCheck: accepts a folder that is not a repository by default, and rejects it without', async () => {
    const [by, without] = [await effectOf(binary, at()), await effectOf(binary, { ...at(), skipGitRepoCheck: false })];
    expect(by.error).toBeUndefined();
    expect(without.error).toMatchObject({
      code: 'EXIT',
      stderr: expect.stringContaining('--skip-git-repo-check') as string,
    });
  });

  it('approvalPolicy: never overrides the configuration', async () => {
    const { context, error } = await effectOf(binary, { ...at(), approvalPolicy: 'never' }, undefined, (scripted) => {
      const config = join(scripted.options.codexHome, 'config.toml');
      const text = readFileSync(config, 'utf8').replace('approval_policy = "never"', 'approval_policy = "untrusted"');
      writeFileSync(config, text);
      return undefined;
    });
    expect([error, context?.approval_policy]).toEqual([undefined, 'never']);
  });
});

describe.each(clisWith('ignoreRules'))('with codex %s', (_version, binary) => {
  const forbidding = (scripted: { options: { codexHome: string } }): undefined => {
    mkdirSync(join(scripted.options.codexHome, 'rules'));
    writeFileSync(
      join(scripted.options.codexHome, 'rules', 'default.rules'),
      'prefix_rule(pattern = ["touch"], decision = "forbidden")\n',
    );
  };
  const touching = () => [model.run(`touch ${folder}/other/touched`), model.say('Done.')];

  it('ignoreRules: ignores the rules of the home', async () => {
    const request = { sandbox: 'danger-full-access' };
    const with_ = await effectOf(binary, request, touching(), forbidding);
    const ignoring = await effectOf(binary, { ...request, ignoreRules: true }, touching(), forbidding);
    expect(with_.toolOutput).toMatch(/forbidden|rejected|blocked/i);
    expect(ignoring.toolOutput).not.toMatch(/forbidden|rejected|blocked/i);
  });
});

describe.each(clisWith('ignoreUserConfig'))('with codex %s', (_version, binary) => {
  it('ignoreUserConfig: ignores config.toml, but not options', async () => {
    const { requests, body } = await effectOf(binary, { ignoreUserConfig: true }, undefined, (scripted) => {
      const config = join(scripted.options.codexHome, 'config.toml');
      writeFileSync(config, `developer_instructions = "RX-MARKER"\n${readFileSync(config, 'utf8')}`);
      const keyName = /env_key = "(.*)"/.exec(readFileSync(config, 'utf8'))?.[1] ?? '';
      return {
        config: {
          model_provider: 'mine',
          model_providers: { mine: { name: 'mine', base_url: scripted.url, env_key: keyName, wire_api: 'responses' } },
          features: { plugins: false },
        },
      };
    });
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(body).includes('RX-MARKER')).toBe(false);
  });
});
