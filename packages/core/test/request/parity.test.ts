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

/**
 * The checklists of the crate, by their ids; docs/parity.md says what is different, and where the other points are
 * tested.
 */
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
  it('overrides nothing without options', () => {
    expect(argvOf({})).toEqual(['exec', '--json', '--color', 'never', '--skip-git-repo-check', '-']);
  });

  it('concatenates the images of client and request in order', () => {
    const images = mergeOptions({ images: ['/a', '/b'] }, { prompt: 'p', images: ['/c'] });
    expect(valuesOf(buildArgv(images, { capabilities }).argv, '--image')).toEqual(['/a', '/b', '/c']);
  });

  it('takes the binary from CODEX_BINARY', () => {
    const binary = executable('codex');
    expect(resolveBinary({ env: { CODEX_BINARY: binary } })).toBe(binary);
  });

  it('prefers an installed package to codex on PATH without CODEX_BINARY', () => {
    executable('codex');
    const found = resolveBinary({ env: { CODEX_BINARY: undefined, PATH: root } });
    expect(found).toContain('vendor');
  });

  it('returns all paths of a layout, and creates its folders only on request', () => {
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

  it('copies both files of a seed, skips missing files, and names a missing required file', () => {
    const [seed, target] = [codexHome(join(root, 'seed')), codexHome(join(root, 'target'))];
    mkdirSync(seed.root);
    expect(() => target.seedAuthFrom(seed, { requireAuth: true, requireCredentials: true })).toThrow(/auth\.json/);
    writeFileSync(seed.authPath, 'a');
    expect(target.seedAuthFrom(seed)).toEqual({ copiedAuth: true, copiedCredentials: false });
    writeFileSync(seed.credentialsPath, 'c');
    expect(target.seedAuthFrom(seed)).toEqual({ copiedAuth: true, copiedCredentials: true });
    expect([readFileSync(target.authPath, 'utf8'), readFileSync(target.credentialsPath, 'utf8')]).toEqual(['a', 'c']);
  });

  it('copies nothing if required credentials are missing', () => {
    const [seed, target] = [codexHome(join(root, 'seed')), codexHome(join(root, 'target'))];
    mkdirSync(seed.root);
    writeFileSync(seed.authPath, 'a');
    expect(() => target.seedAuthFrom(seed, { requireCredentials: true })).toThrow(/credentials/);
    expect(existsSync(target.root)).toBe(false);
  });

  it('searches a bundle by trimmed names, for codex.exe on Windows', () => {
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

  it('names the first step that fails, a blank platform before a blank version', () => {
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
  it('adds reasoning defaults for gpt-5 and gpt-5.1 only', () => {
    const keysFor = (model: string | undefined): string[] => reasoningEntries({ model }).map(([key]) => key);
    const three = ['model_reasoning_effort', 'model_reasoning_summary', 'model_verbosity'];
    for (const model of ['gpt-5', 'gpt-5.1-codex-max', 'gpt-5-codex', 'GPT-5.1-CODEX-MAX'])
      expect(keysFor(model)).toEqual(three);
    for (const model of [undefined, 'gpt-4.1-mini', ' gpt-5.1', 'gpt-5.2', 'gpt-50'])
      expect(keysFor(model)).toEqual([]);
  });

  it('adds no reasoning defaults to an explicit setting', () => {
    expect(valuesOf(argvOf({ model: 'gpt-5', configOverrides: ['model_reasoning_effort="low"'] }), '-c')).toEqual([
      'model_reasoning_effort="low"',
    ]);
    expect(valuesOf(argvOf({ model: 'gpt-5' }, { reasoning: { supportsSummaries: true } }), '-c')).toEqual([
      'model_supports_reasoning_summaries=true',
    ]);
  });

  it('lets a request disable the reasoning defaults', () => {
    expect(valuesOf(argvOf({ model: 'gpt-5' }, { autoReasoningDefaults: false }), '-c')).toEqual([]);
  });

  it('passes the overrides of the client before those of the request', () => {
    expect(valuesOf(argvOf({ configOverrides: ['a=1'] }, { configOverrides: ['a=2'] }), '-c')).toEqual(['a=1', 'a=2']);
  });

  it('lets a request disable search and oss', () => {
    const client = { search: true, oss: true };
    expect(argvOf(client)).toEqual(expect.arrayContaining(['web_search="live"', '--oss']));
    expect(argvOf(client, { search: false, oss: false })).toEqual(argvOf({}));
  });

  it('replaces the profile of the client by that of the request', () => {
    expect(valuesOf(argvOf({ profile: 'old' }, { profile: 'new' }), '--profile')).toEqual(['new']);
  });

  it('passes the features of client and request', () => {
    const argv = argvOf({ enable: ['a'], disable: ['b'] }, { enable: ['c'], disable: ['d'] });
    expect([valuesOf(argv, '--enable'), valuesOf(argv, '--disable')]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
  });

  it('translates full-auto to a sandbox mode, prefers an explicit sandbox, and lets bypass override both', () => {
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

  it('merges a client and a request', () => {
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

  it('resumes by id, last and all, with flags before the subcommand', () => {
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

  it('passes every value of color', () => {
    for (const color of ['auto', 'always', 'never'] as const)
      expect(valuesOf(argvOf({ color }), '--color')).toEqual([color]);
  });

  it('passes all options together, in the order of docs/requests.md', () => {
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

  it('passes a flag that the version supports, and rejects an unsupported flag', () => {
    expect(argvOf({ addDirs: ['/src'] }, { outputSchema: '/s.json' })).toEqual(
      expect.arrayContaining(['--add-dir', '/src', '--output-schema', '/s.json']),
    );
    expect(() => buildArgv({ prompt: 'p', addDirs: ['/src'] }, { capabilities: cliCapabilities('0.47.0') })).toThrow(
      /addDirs/,
    );
  });

  it('resolves a relative binary against the host, and looks up a bare name on PATH', () => {
    const binary = executable('my-codex');
    expect(resolveBinary({ binary: 'my-codex', env: { PATH: root } })).toBe(binary);
  });
});
