import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkExecPolicy$,
  command$,
  debug$,
  disableFeature$,
  doctor$,
  enableFeature$,
  features$,
  generateAppServerBindings$,
  type HelpScope,
  help$,
  sandbox$,
  version$,
} from '@codex-rx/core/commands';
import { privateFolder, realCli, removeFolders } from './support/real.js';
import { errorOf, valuesOf } from './support/stand-in.js';

afterEach(removeFolders);

const onLinux = process.platform === 'linux' ? describe : describe.skip;

describe('the real CLI: features', () => {
  it('are listed, enabled and disabled, and rejected if unknown', async () => {
    const options = realCli();
    const stateOf = async (name: string) =>
      (await valuesOf(features$(options)))[0]?.find((feature) => feature.name === name)?.enabled;
    const [features = []] = await valuesOf(features$(options));
    expect(features.length).toBeGreaterThan(50);
    expect(new Set(features.map(({ stage }) => stage))).toEqual(
      new Set(
        ['under development', 'experimental', 'stable', 'removed', 'deprecated'].filter((stage) =>
          features.some((feature) => feature.stage === stage),
        ),
      ),
    );
    await valuesOf(disableFeature$({ ...options, feature: 'shell_snapshot' }));
    await expect(stateOf('shell_snapshot')).resolves.toBe(false);
    await expect(valuesOf(enableFeature$({ ...options, feature: 'shell_snapshot' }))).resolves.toEqual([
      { feature: 'shell_snapshot', enabled: true, text: 'Enabled feature `shell_snapshot` in config.toml.' },
    ]);
    await expect(stateOf('shell_snapshot')).resolves.toBe(true);
    await expect(valuesOf(features$({ ...options, disable: ['shell_snapshot'] }))).resolves.toContainEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'shell_snapshot', enabled: false })]),
    );
    await expect(errorOf(enableFeature$({ ...options, feature: 'no_such_feature' }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'feature',
    });
  });
});

onLinux('the real CLI: sandbox', () => {
  const write = ['sh', '-c', 'echo x > f.txt && cat f.txt'];

  it('runs a program and emits its exit code', async () => {
    const options = realCli();
    await expect(valuesOf(sandbox$({ ...options, command: ['echo', 'hello', '--help'] }))).resolves.toMatchObject([
      { exitCode: 0, stdout: 'hello --help\n' },
    ]);
    await expect(valuesOf(sandbox$({ ...options, command: ['sh', '-c', 'exit 7'] }))).resolves.toMatchObject([
      { exitCode: 7 },
    ]);
    await expect(valuesOf(sandbox$({ ...options, command: ['no-such-program'] }))).resolves.toMatchObject([
      { exitCode: 101, stderr: expect.stringContaining('Failed to execvp no-such-program') as string },
    ]);
  });

  it('lets a program use its permissions', async () => {
    const options = realCli();
    const exitCode = async (sandbox?: 'read-only' | 'workspace-write' | 'danger-full-access') =>
      (await valuesOf(sandbox$({ ...options, command: write, sandbox })))[0]?.exitCode;
    await expect(exitCode()).resolves.not.toBe(0);
    await expect(exitCode('read-only')).resolves.not.toBe(0);
    await expect(exitCode('workspace-write')).resolves.toBe(0);
    await expect(exitCode('danger-full-access')).resolves.toBe(0);
    const outside = ['sh', '-c', `echo y > ${join(options.codexHome, '..', 'outside')}`];
    await expect(
      valuesOf(sandbox$({ ...options, command: outside, sandbox: 'workspace-write' })),
    ).resolves.not.toMatchObject([{ exitCode: 0 }]);
  });

  it('applies a permissions profile, and rejects a missing profile', async () => {
    const options = realCli();
    await expect(
      valuesOf(sandbox$({ ...options, command: ['true'], permissionProfile: ':workspace' })),
    ).resolves.toMatchObject([{ exitCode: 0 }]);
    await expect(
      valuesOf(sandbox$({ ...options, command: ['true'], permissionProfile: 'no-such', includeManagedConfig: true })),
    ).resolves.toMatchObject([{ exitCode: 1 }]);
  });
});

describe('the real CLI: rules', () => {
  it('say what they allow, in all files together', async () => {
    const options = realCli();
    const first = join(options.workingDirectory, 'first.rules');
    writeFileSync(
      first,
      'prefix_rule(pattern=["git"], decision="allow")\nprefix_rule(pattern=["npm", ["ci", "i"]], decision="prompt")\n',
    );
    writeFileSync(
      join(options.workingDirectory, 'second.rules'),
      'prefix_rule(pattern=["git", "push"], decision="forbidden", justification="pushes are done by CI")\n',
    );
    const check = async (...command: string[]) =>
      (await valuesOf(checkExecPolicy$({ ...options, rules: [first, 'second.rules'], command })))[0];
    await expect(check('git', 'push', '--force')).resolves.toMatchObject({
      decision: 'forbidden',
      matchedRules: [
        { matchedPrefix: ['git'] },
        { matchedPrefix: ['git', 'push'], justification: 'pushes are done by CI' },
      ],
    });
    await expect(check('git', 'status')).resolves.toMatchObject({ decision: 'allow' });
    await expect(check('npm', 'ci')).resolves.toMatchObject({ decision: 'prompt' });
    await expect(check('cargo')).resolves.toEqual({ decision: undefined, matchedRules: [] });
  });

  it('apply to full paths on request', async () => {
    const options = realCli();
    const rules = join(options.workingDirectory, 'a.rules');
    writeFileSync(rules, 'prefix_rule(pattern=["git"], decision="allow")\n');
    const request = { ...options, rules: [rules], command: ['/usr/bin/git', 'status'] };
    await expect(valuesOf(checkExecPolicy$(request))).resolves.toMatchObject([{ decision: undefined }]);
    await expect(valuesOf(checkExecPolicy$({ ...request, resolveHostExecutables: true }))).resolves.toMatchObject([
      { decision: 'allow' },
    ]);
  });

  it('that are broken are an error', async () => {
    const options = realCli();
    writeFileSync(join(options.workingDirectory, 'bad.rules'), 'prefix_rule(pattern=["ls"], decision="maybe")\n');
    await expect(
      errorOf(checkExecPolicy$({ ...options, rules: ['bad.rules'], command: ['ls'] })),
    ).resolves.toMatchObject({
      code: 'EXIT',
      stderr: expect.stringContaining('invalid decision: maybe') as string,
    });
  });
});

describe('the real CLI: itself', () => {
  it('emits its version', async () => {
    await expect(valuesOf(version$(realCli()))).resolves.toEqual([{ version: '0.171.0', text: 'codex-cli 0.171.0' }]);
  });

  it.each<HelpScope>(['root', 'exec', 'features', 'login', 'app-server', 'sandbox', 'cloud', 'mcp', 'debug', 'plugin'])(
    'has help for %s',
    async (scope) => {
      const [text] = await valuesOf(help$({ ...realCli(), scope }));
      expect(text).toContain(scope === 'root' ? 'Usage: codex [OPTIONS]' : `Usage: codex ${scope}`);
    },
  );

  it('emits help for a command, and errors for an unknown command', async () => {
    await expect(valuesOf(help$({ ...realCli(), command: ['exec', 'review'] }))).resolves.toEqual([
      expect.stringContaining('Usage: codex exec review'),
    ]);
    await expect(errorOf(help$({ ...realCli(), command: ['no-such-command'] }))).resolves.toMatchObject({
      category: 'usage',
    });
  });

  it('reports on itself, logged out and without a network', async () => {
    const [report] = await valuesOf(doctor$(realCli()));
    expect(report).toMatchObject({ schemaVersion: 1, overallStatus: 'fail', codexVersion: '0.171.0' });
    expect(report?.checks['config.load']).toMatchObject({ status: 'ok' });
    expect(report?.checks['auth.credentials']).toMatchObject({ status: 'fail' });
  });

  it('emits its models', async () => {
    const [catalog] = await valuesOf(debug$({ ...realCli(), topic: 'models', bundled: true }));
    expect(catalog?.models.find(({ slug }) => slug === 'gpt-5.5')).toMatchObject({
      visibility: 'list',
      supported_in_api: true,
    });
    await expect(valuesOf(debug$({ ...realCli(), topic: 'models' }))).resolves.toMatchObject([
      { models: expect.any(Array) as unknown[] },
    ]);
  });

  it('emits the input of the model, the prompt and its images', async () => {
    const options = realCli();
    const image = join(options.workingDirectory, 'dot.png');
    writeFileSync(
      image,
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    );
    const [items] = await valuesOf(
      debug$({ ...options, topic: 'prompt-input', prompt: '--what is it', images: [image] }),
    );
    const last = JSON.stringify(items?.at(-1));
    expect(last).toContain('--what is it');
    expect(last).toContain('input_image');
  });

  it('writes types of its protocol, in both forms, wherever it runs', async () => {
    const outDir = join(privateFolder(), 'generated');
    const [types] = await valuesOf(generateAppServerBindings$({ ...realCli(), target: 'typescript', outDir }));
    expect(types?.files).toContain('ClientRequest.ts');
    expect(readFileSync(join(outDir, 'ClientRequest.ts'), 'utf8')).toContain('thread/start');
    const [schemas] = await valuesOf(
      generateAppServerBindings$({
        ...realCli(),
        target: 'json-schema',
        outDir: join(outDir, 'schema'),
        experimental: true,
      }),
    );
    expect(schemas?.files.length).toBeGreaterThan(10);
    expect(schemas?.files.every((file) => file.endsWith('.json'))).toBe(true);
  });

  it('runs anything else', async () => {
    await expect(valuesOf(command$({ ...realCli(), args: ['completion', 'bash'] }))).resolves.toMatchObject([
      { exitCode: 0, stdout: expect.stringContaining('_codex') as string },
    ]);
    await expect(errorOf(command$({ ...realCli(), args: ['features', 'list', '--json'] }))).resolves.toMatchObject({
      code: 'EXIT',
      category: 'usage',
    });
    await expect(errorOf(command$({ ...realCli(), args: ['resume'] }))).resolves.toMatchObject({
      message: expect.stringContaining('stdin is not a terminal') as string,
    });
  });
});
