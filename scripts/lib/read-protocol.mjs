// The app-server protocol of a CLI binary, from the JSON Schema that it writes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const BUNDLE = 'codex_app_server_protocol.schemas.json';

/** Results whose name does not follow from the method or the name of its parameters. */
const RESULTS = {
  'accountSession/list': 'AccountSessionsResponse',
  'account/gatewayOAuth/cancel': 'GatewayOAuthCancelResponse',
  'account/logout': 'LogoutAccountResponse',
  'account/rateLimits/read': 'GetAccountRateLimitsResponse',
  'account/securitySetup/read': 'GetAccountSecuritySetupResponse',
  'account/usage/read': 'GetAccountTokenUsageResponse',
  'account/workspaceMessages/read': 'GetWorkspaceMessagesResponse',
  'config/batchWrite': 'ConfigWriteResponse',
  'config/mcpServer/reload': 'McpServerRefreshResponse',
  'config/value/write': 'ConfigWriteResponse',
  'externalAgentConfig/import/readHistories': 'ExternalAgentConfigImportHistoriesReadResponse',
  // The schema of CLI 0.171 does not say.
  'modelProvider/default/set': 'unknown',
};

const require = createRequire(import.meta.url);

/** Command and version of the CLI that this repository depends on. */
export function pinnedCli() {
  const { version } = require('@openai/codex/package.json');
  return { command: [process.execPath, require.resolve('@openai/codex/bin/codex.js')], version };
}

/** All definitions by name. Runs the CLI, `[program, ...arguments]`, with a home of its own. */
export function readSchema(cli) {
  return generated(cli, 'generate-json-schema', (folder) => {
    const { definitions } = JSON.parse(readFileSync(join(folder, BUNDLE), 'utf8'));
    const { v2, ...legacy } = definitions;
    return new Map(Object.entries({ ...legacy, ...v2 }));
  });
}

/** The methods of each union, also those that the schema leaves out although the server has them. */
export function readMethods(cli, unions) {
  const schema = readSchema(cli);
  return generated(cli, 'generate-ts', (folder) =>
    unions.map((union) => {
      const text = readFileSync(join(folder, `${union}.ts`), 'utf8');
      const named = [...text.matchAll(/"method": "([^"]+)"/g)].map(([, method]) => method);
      return new Set([...named, ...messagesOf(schema, union).map(({ method }) => method)]);
    }),
  );
}

function generated([program, ...first], command, read) {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-protocol-'));
  try {
    const home = join(folder, 'home');
    const out = join(folder, 'out');
    mkdirSync(home);
    const run = (more) =>
      spawnSync(program, [...first, 'app-server', command, '--out', out, ...more], {
        env: { ...process.env, CODEX_HOME: home },
        encoding: 'utf8',
      });
    let result = run(['--experimental']);
    // Old versions do not have the option.
    if (result.status !== 0) result = run([]);
    if (result.status !== 0) throw new Error(`${program} ${command} fails: ${result.stderr}`);
    return read(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const refIn = (schema) => schema?.$ref ?? schema?.anyOf?.map(({ $ref }) => $ref).find((ref) => ref !== undefined);

/** The messages of a union such as `ClientRequest`: method, schema of the parameters, name of their type. */
export function messagesOf(schema, name) {
  return (schema.get(name)?.oneOf ?? []).map(({ properties, description }) => {
    const ref = refIn(properties.params);
    return {
      method: properties.method.enum[0],
      params: properties.params,
      paramsName: ref?.slice(ref.lastIndexOf('/') + 1),
      description: description === 'NEW NOTIFICATIONS' ? undefined : description,
    };
  });
}

/** The name of the type of a result, or `unknown`. Throws for a method whose result is unknown. */
export function resultName(schema, { method, paramsName = '' }) {
  const pascal = method.replace(/(?:^|\/)(.)/g, (_, letter) => letter.toUpperCase());
  const candidates = [`${pascal}Response`, paramsName.replace(/Params$/, 'Response')];
  const found = RESULTS[method] ?? candidates.find((name) => name !== paramsName && schema.has(name));
  if (found === undefined) throw new Error(`The result of ${method} is unknown: add it to RESULTS.`);
  return found;
}
