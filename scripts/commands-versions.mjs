// Runs the one-shot commands on several versions of the real CLI, logged out and without a network, and prints what
// came of each as a table.
//   npm run commands:versions                      the default versions
//   npm run commands:versions -- 0.110.0 0.150.1   these
// Versions are installed on demand. A cell is a summary of the emitted value, or the error code with its category or
// first version.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import * as core from '@codex-rx/core/commands';
import { lastValueFrom } from 'rxjs';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const given = process.argv.slice(2);
const versions = given.length > 0 ? given : ['0.47.0', '0.75.0', '0.98.0', '0.125.0', '0.150.1', '0.171.0'];
const stdio = { command: ['npx', 'x'], env: { A: 'b' }, startupTimeout: 1500 };
const write = ['sh', '-c', 'echo x > f.txt'];

/** In this order: some depend on the effects of earlier ones. */
const commands = {
  version$: [{}, ({ version }) => version],
  'loginStatus$ (logged out)': ['loginStatus$', {}, ({ state }) => state],
  login$: [{ method: 'apiKey', apiKey: 'sk-abcdefghijklmnop' }, ({ method }) => method],
  'loginStatus$ (logged in)': ['loginStatus$', {}, ({ method, maskedKey }) => `${method} ${maskedKey}`],
  logout$: [{}, ({ state }) => state],
  'logout$ again': ['logout$', {}, ({ state }) => state],
  features$: [{}, (features) => `${features.length} rows`],
  enableFeature$: [{ feature: 'shell_snapshot' }, ({ enabled }) => String(enabled)],
  'enableFeature$ unknown': ['enableFeature$', { feature: 'no_such' }, () => 'enabled'],
  'sandbox$ read-only': ['sandbox$', { sandbox: 'read-only', command: write }, exitCode],
  'sandbox$ workspace-write': ['sandbox$', { sandbox: 'workspace-write', command: write }, exitCode],
  'sandbox$ danger-full-access': ['sandbox$', { sandbox: 'danger-full-access', command: write }, exitCode],
  checkExecPolicy$: [{ rules: ['a.rules'], command: ['git', 'push'] }, ({ decision }) => decision],
  'checkExecPolicy$ full path': [
    'checkExecPolicy$',
    { rules: ['a.rules'], command: ['/usr/bin/git'], resolveHostExecutables: true },
    ({ decision }) => decision,
  ],
  'mcpAdd$ process': ['mcpAdd$', { name: 'docs', server: stdio }, transport],
  'mcpAdd$ address': ['mcpAdd$', { name: 'web', server: { url: 'http://127.0.0.1:9/mcp' } }, transport],
  mcpList$: [{}, (servers) => servers.map(({ name }) => name).join(', ')],
  mcpRemove$: [{ name: 'docs' }, ({ removed }) => String(removed)],
  'mcpRemove$ again': ['mcpRemove$', { name: 'docs' }, ({ removed }) => String(removed)],
  'mcpGet$ of nothing': ['mcpGet$', { name: 'docs' }, () => 'there'],
  mcpLogout$: [{ name: 'web', config: { mcp_oauth_credentials_store: 'file' } }, ({ removed }) => String(removed)],
  apply$: [{ taskId: 't' }, () => 'applied'],
  cloudExec$: [{ environment: 'e', query: 'q' }, () => 'accepted'],
  cloudList$: [{}, () => 'listed'],
  cloudStatus$: [{ taskId: 't' }, () => 'known'],
  cloudDiff$: [{ taskId: 't' }, () => 'there'],
  cloudApply$: [{ taskId: 't' }, () => 'applied'],
  help$: [{ command: ['exec', 'resume'] }, (text) => text.match(/Usage: .*/)?.[0].slice(0, 24)],
  doctor$: [{}, ({ overallStatus }) => overallStatus],
  'debug$ models': ['debug$', { topic: 'models', bundled: true }, ({ models }) => `${models.length} models`],
  'debug$ prompt-input': ['debug$', { topic: 'prompt-input', prompt: '-hi' }, (items) => `${items.length} items`],
  generateAppServerBindings$: [{ target: 'typescript', outDir: 'out' }, ({ files }) => `${files.length} files`],
  'login$ deviceCode': ['login$', { method: 'deviceCode', issuer: 'http://127.0.0.1:9' }, ({ type }) => type],
  'login$ accessToken': ['login$', { method: 'accessToken', accessToken: 'nonsense' }, ({ type }) => type],
  openResponsesApiProxy: [{ apiKey: 'sk-example' }, ({ pid }) => (pid > 0 ? 'ready' : 'no pid')],
};

function exitCode(output) {
  return `exit ${output.exitCode}`;
}

function transport({ server }) {
  return server.transport.type;
}

async function outcome(name, options, [first, ...rest]) {
  const [method, request, tell] = typeof first === 'string' ? [first, ...rest] : [name, first, ...rest];
  const extra = request.outDir === undefined ? {} : { outDir: join(options.workingDirectory, request.outDir) };
  try {
    const result = core[method]({ ...options, ...request, ...extra });
    const value = await (typeof result.subscribe === 'function' ? lastValueFrom(result) : result);
    const told = tell(value);
    await value[Symbol.asyncDispose]?.();
    return told;
  } catch (error) {
    return [error.code, error.category ?? error.since ?? error.field].filter(Boolean).join(' ');
  }
}

async function column(version) {
  process.stderr.write(`Running codex ${version}\n`);
  const cache = join(homedir(), '.cache', 'codex-rx');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'commands-'));
  const [codexHome, workingDirectory] = [join(folder, 'home'), join(folder, 'work')];
  for (const path of [codexHome, workingDirectory]) mkdirSync(path);
  writeFileSync(join(codexHome, 'config.toml'), '[features]\nplugins = false\n');
  writeFileSync(join(workingDirectory, 'a.rules'), 'prefix_rule(pattern=["git"], decision="forbidden")\n');
  const options = { binary: installedCli(version), codexHome, workingDirectory, timeout: 30_000 };
  try {
    const cells = [];
    for (const [name, command] of Object.entries(commands)) cells.push(await outcome(name, options, command));
    return cells;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

if (isLoopbackOnly()) {
  const columns = [];
  for (const version of versions) columns.push(await column(version));
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(line(['', ...versions]) + line(['---', ...versions.map(() => '---')]));
  Object.keys(commands).forEach((name, row) => {
    process.stdout.write(line([name, ...columns.map((cells) => cells[row])]));
  });
} else {
  for (const version of versions) installedCli(version);
  const command = [process.execPath, fileURLToPath(import.meta.url), ...versions];
  const inside = inLoopbackOnly(command);
  if (inside === undefined)
    throw new Error(
      'Old CLIs look up hosts at each start, and no loopback-only network namespace can be made here (Linux: `unshare --net`).',
    );
  const [program, ...args] = inside;
  process.exitCode = spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
}
