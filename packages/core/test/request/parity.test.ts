import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledPlatformLabel, resolveBundledBinary } from '../../src/binary/bundled.js';
import { resolveBinary } from '../../src/binary/resolve.js';
import { codexHome } from '../../src/home/layout.js';
import { buildArgv } from '../../src/request/argv.js';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import { mergeOptions } from '../../src/request/merge.js';
import { reasoningEntries } from '../../src/request/reasoning.js';
import type { AnyRunRequest, CodexOptions, ExecRequest } from '../../src/request/types.js';

/** The checklists of the crate, by their ids; docs/parity.md says what is different, and where the other points are tested. */
const capabilities = cliCapabilities(undefined);
const argvOf = (client: CodexOptions, request: Partial<ExecRequest> = {}): string[] =>
  buildArgv(mergeOptions(client, { prompt: 'p', ...request }), { capabilities }).argv;
const valuesOf = (argv: readonly string[], flag: string): string[] =>
  argv.flatMap((word, index) => (argv[index - 1] === flag ? [word] : []));

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'request-parity-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function executable(...path: string[]): string {
  const full = join(root, ...path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, '');
  chmodSync(full, 0o755);
  return full;
}

describe('binaries and homes of the crate', () => {
  it('without options nothing is overridden', () => {
    expect(argvOf({})).toEqual(['exec', '--json', '--color', 'never', '--skip-git-repo-check', '-']);
  });

  it('images accumulate in the order of the calls', () => {
    const images = mergeOptions({ images: ['/a', '/b'] }, { prompt: 'p', images: ['/c'] });
    expect(valuesOf(buildArgv(images, { capabilities }).argv, '--image')).toEqual(['/a', '/b', '/c']);
  });

  it('CODEX_BINARY becomes the binary', () => {
    const binary = executable('codex');
    expect(resolveBinary({ env: { CODEX_BINARY: binary } })).toBe(binary);
  });

  it('without it, an installed package comes before codex on PATH', () => {
    executable('codex');
    const found = resolveBinary({ env: { CODEX_BINARY: undefined, PATH: root } });
    expect(found).toContain('vendor');
  });

  it('a layout has all paths, and creates its folders only when told', () => {
    const home = codexHome(join(root, 'home'));
    expect([
      home.root,
      home.configPath,
      home.authPath,
      home.credentialsPath,
      home.historyPath,
      home.conversationsDir,
      home.logsDir,
    ]).toEqual(
      ['', 'config.toml', 'auth.json', '.credentials.json', 'history.jsonl', 'conversations', 'logs'].map((name) =>
        join(root, 'home', name),
      ),
    );
    home.materialize(false);
    expect(existsSync(home.root)).toBe(false);
    home.materialize();
    expect(readdirSync(home.root).sort()).toEqual(['conversations', 'logs']);
  });

  it('seeding copies both files, skips what is missing, and names what is required', () => {
    const [seed, target] = [codexHome(join(root, 'seed')), codexHome(join(root, 'target'))];
    mkdirSync(seed.root);
    expect(() => target.seedAuthFrom(seed, { requireAuth: true, requireCredentials: true })).toThrow(/auth\.json/);
    writeFileSync(seed.authPath, 'a');
    expect(target.seedAuthFrom(seed)).toEqual({ copiedAuth: true, copiedCredentials: false });
    writeFileSync(seed.credentialsPath, 'c');
    expect(target.seedAuthFrom(seed)).toEqual({ copiedAuth: true, copiedCredentials: true });
    expect([readFileSync(target.authPath, 'utf8'), readFileSync(target.credentialsPath, 'utf8')]).toEqual(['a', 'c']);
  });

  it('required credentials that are missing leave nothing copied', () => {
    const [seed, target] = [codexHome(join(root, 'seed')), codexHome(join(root, 'target'))];
    mkdirSync(seed.root);
    writeFileSync(seed.authPath, 'a');
    expect(() => target.seedAuthFrom(seed, { requireCredentials: true })).toThrow(/credentials/);
    expect(existsSync(target.root)).toBe(false);
  });

  it('a bundle is searched by trimmed names, codex.exe for Windows', () => {
    const own = executable(bundledPlatformLabel(), '1.0', process.platform === 'win32' ? 'codex.exe' : 'codex');
    const windows = executable('windows-x64', '1.0', 'codex.exe');
    expect(resolveBundledBinary({ bundleRoot: root, version: ' 1.0 ' })).toEqual({
      binaryPath: own,
      platform: bundledPlatformLabel(),
      version: '1.0',
    });
    expect(resolveBundledBinary({ bundleRoot: root, version: '1.0', platform: 'windows-x64' }).binaryPath).toBe(
      windows,
    );
  });

  it('the first step that fails is named, a blank platform before a blank version', () => {
    const codeOf = (version: string, platform: string): unknown => {
      try {
        return resolveBundledBinary({ bundleRoot: root, version, platform });
      } catch (error) {
        return (error as { code: unknown }).code;
      }
    };
    mkdirSync(join(root, 'p', '1.0'), { recursive: true });
    expect([codeOf('1.0', 'p'), codeOf(' ', 'p'), codeOf(' ', ' ')]).toEqual([
      'BUNDLE_BINARY_UNREADABLE',
      'BUNDLE_VERSION_EMPTY',
      'BUNDLE_PLATFORM_EMPTY',
    ]);
  });
});

describe('overrides of the crate', () => {
  it('the defaults of reasoning are for gpt-5 and gpt-5.1 only', () => {
    const keysFor = (model: string | undefined): string[] => reasoningEntries({ model }).map(([key]) => key);
    const three = ['model_reasoning_effort', 'model_reasoning_summary', 'model_verbosity'];
    for (const model of ['gpt-5', 'gpt-5.1-codex-max', 'gpt-5-codex', 'GPT-5.1-CODEX-MAX'])
      expect(keysFor(model)).toEqual(three);
    for (const model of [undefined, 'gpt-4.1-mini', ' gpt-5.1', 'gpt-5.2', 'gpt-50'])
      expect(keysFor(model)).toEqual([]);
  });

  it('one explicit setting of reasoning is the only one', () => {
    expect(valuesOf(argvOf({ model: 'gpt-5', configOverrides: ['model_reasoning_effort="low"'] }), '-c')).toEqual([
      'model_reasoning_effort="low"',
    ]);
    expect(valuesOf(argvOf({ model: 'gpt-5' }, { reasoning: { supportsSummaries: true } }), '-c')).toEqual([
      'model_supports_reasoning_summaries=true',
    ]);
  });

  it('a request can switch the defaults off', () => {
    expect(valuesOf(argvOf({ model: 'gpt-5' }, { autoReasoningDefaults: false }), '-c')).toEqual([]);
  });

  it('the same key on client and request: both, the client first', () => {
    expect(valuesOf(argvOf({ configOverrides: ['a=1'] }, { configOverrides: ['a=2'] }), '-c')).toEqual(['a=1', 'a=2']);
  });

  it('a request can take back search and oss', () => {
    const client = { search: true, oss: true };
    expect(argvOf(client)).toEqual(expect.arrayContaining(['web_search="live"', '--oss']));
    expect(argvOf(client, { search: false, oss: false })).toEqual(argvOf({}));
  });

  it('the profile of a request replaces that of the client', () => {
    expect(valuesOf(argvOf({ profile: 'old' }, { profile: 'new' }), '--profile')).toEqual(['new']);
  });

  it('features of both sides', () => {
    const argv = argvOf({ enable: ['a'], disable: ['b'] }, { enable: ['c'], disable: ['d'] });
    expect([valuesOf(argv, '--enable'), valuesOf(argv, '--disable')]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
  });

  it('what --full-auto did, a sandbox instead of it, bypass above all but never above the rest', () => {
    expect(argvOf({ safety: 'full-auto' })).toEqual(expect.arrayContaining(['--sandbox', 'workspace-write']));
    expect(valuesOf(argvOf({ safety: 'full-auto', sandbox: 'read-only' }), '--sandbox')).toEqual(['read-only']);
    const bypass = argvOf({
      safety: 'bypass',
      sandbox: 'read-only',
      approvalPolicy: 'never',
      profile: 'p',
      config: { a: 1 },
      search: true,
    });
    expect(bypass).toEqual(
      expect.arrayContaining(['--dangerously-bypass-approvals-and-sandbox', '--profile', 'a=1', 'web_search="live"']),
    );
    expect(bypass).not.toContain('--sandbox');
    expect(bypass.join(' ')).not.toContain('approval_policy');
  });

  it('client and request together', () => {
    const client: CodexOptions = {
      configOverrides: ['a=1'],
      enable: ['f'],
      oss: true,
      search: true,
      sandbox: 'read-only',
    };
    const argv = argvOf(client, {
      configOverrides: ['b=2'],
      reasoning: { summary: 'none' },
      safety: 'bypass',
      localProvider: 'ollama',
      oss: false,
      search: false,
      disable: ['g'],
    });
    expect(valuesOf(argv, '-c')).toEqual(['model_reasoning_summary="none"', 'a=1', 'b=2']);
    expect(argv).toEqual(
      expect.arrayContaining([
        '--dangerously-bypass-approvals-and-sandbox',
        '--local-provider',
        '--enable',
        '--disable',
      ]),
    );
    for (const flag of ['--oss', '--sandbox', '--search']) expect(argv).not.toContain(flag);
  });

  it('resume by id, last and all, its flags before the subcommand', () => {
    const tail = (request: AnyRunRequest): string[] => {
      const { argv } = buildArgv(request, { capabilities });
      return argv.slice(argv.indexOf('resume'));
    };
    const resume = { command: 'resume', prompt: 'p', search: true } as const;
    expect(tail({ ...resume, session: 'id' })).toEqual(['resume', 'id', '-']);
    expect(tail({ ...resume, session: { last: true as const }, workingDirectory: '/w' })).toEqual([
      'resume',
      '--last',
      '-',
    ]);
    expect(tail({ ...resume, session: { last: true as const, all: true } })).toEqual([
      'resume',
      '--last',
      '--all',
      '-',
    ]);
  });

  it('the words of color', () => {
    for (const color of ['auto', 'always', 'never'] as const)
      expect(valuesOf(argvOf({ color }), '--color')).toEqual([color]);
  });

  it('all options at once, in the order of docs/requests.md', () => {
    const argv = argvOf(
      {
        configOverrides: ['k=v', 'raw=', 'a=b=c'],
        enable: ['f1', 'f3'],
        disable: ['f2'],
        profile: 'p',
        sandbox: 'danger-full-access',
        localProvider: 'lmstudio',
        oss: true,
        search: true,
        model: 'gpt-5-codex',
        addDirs: ['/x', '/y'],
      },
      {
        reasoning: { effort: 'high' },
        ephemeral: true,
        ignoreRules: true,
        ignoreUserConfig: true,
        images: ['/i1', '/i2'],
      },
    );
    expect(argv.join(' ')).toBe(
      'exec --json --image /i1 --image /i2 --color never --skip-git-repo-check -c model_reasoning_effort="high" -c web_search="live" ' +
        '-c k=v -c raw= -c a=b=c --enable f1 --enable f3 --disable f2 --model gpt-5-codex --profile p --oss --local-provider lmstudio ' +
        '--sandbox danger-full-access --add-dir /x --add-dir /y --ephemeral --ignore-user-config --ignore-rules -',
    );
  });

  it('a flag that the version has is passed; one that it lacks is an error, not dropped', () => {
    expect(argvOf({ addDirs: ['/src'] }, { outputSchema: '/s.json' })).toEqual(
      expect.arrayContaining(['--add-dir', '/src', '--output-schema', '/s.json']),
    );
    expect(() => buildArgv({ prompt: 'p', addDirs: ['/src'] }, { capabilities: cliCapabilities('0.47.0') })).toThrow(
      /addDirs/,
    );
  });

  it('a relative binary is relative to the host, a bare name is looked up on PATH', () => {
    const binary = executable('my-codex');
    expect(resolveBinary({ binary: 'my-codex', env: { PATH: root } })).toBe(binary);
  });
});
