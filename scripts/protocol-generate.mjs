// Writes packages/core/src/protocol/generated/: the types of the app-server protocol of the pinned CLI. A file for each
// area (the first part of a method's name); types that several areas use are in `shared.ts`.
//   npm run protocol:generate
//   npm run protocol:generate -- --check    fails if the files are not current
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { messagesOf, pinnedCli, readSchema, resultName } from './lib/read-protocol.mjs';
import { comment, declaration, typeText, visitReferences } from './lib/schema-types.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, 'packages/core/src/protocol/generated');
const { command, version } = pinnedCli();
const schema = readSchema(command);
const header = `// Generated from CLI ${version} by \`npm run protocol:generate\`.\n\n`;

const maps = [
  {
    file: 'client-requests',
    name: 'ClientRequests',
    union: 'ClientRequest',
    hasResult: true,
    about: 'Requests of the client to the server, by method.',
  },
  {
    file: 'server-requests',
    name: 'ServerRequests',
    union: 'ServerRequest',
    hasResult: true,
    about: 'Requests of the server to the client, by method.',
  },
  {
    file: 'server-notifications',
    name: 'ServerNotifications',
    union: 'ServerNotification',
    hasResult: false,
    about: 'Parameters of the notifications of the server, by method.',
  },
].map((map) => ({ ...map, messages: messagesOf(schema, map.union) }));

const fileName = (area) => area.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const areaOf = (method) => fileName(method.split('/')[0]);

/** The areas that use each definition, directly or through others. */
const areas = new Map();
function use(name, area) {
  const known = areas.get(name) ?? new Set();
  if (known.has(area)) return;
  areas.set(name, known.add(area));
  if (!schema.has(name)) throw new Error(`${name} is not defined`);
  visitReferences(schema.get(name), (other) => use(other, area));
}
for (const { messages, hasResult } of maps)
  for (const message of messages) {
    visitReferences(message.params, (name) => use(name, areaOf(message.method)));
    const result = hasResult ? resultName(schema, message) : 'unknown';
    if (result !== 'unknown') use(result, areaOf(message.method));
  }

const home = (name) => {
  const users = [...areas.get(name)];
  return users.length === 1 ? users[0] : 'shared';
};

/** `import type` lines for all names that are declared elsewhere. */
function imports(names, own) {
  const files = groupBy(names, home);
  return [...files]
    .filter(([file]) => file !== own)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, list]) => `import type { ${[...list].sort().join(', ')} } from './${file}.js';\n`)
    .join('');
}

function groupBy(names, key) {
  const groups = new Map();
  for (const name of names) groups.set(key(name), [...(groups.get(key(name)) ?? []), name]);
  return groups;
}

function referencesOf(schemas) {
  const names = new Set();
  for (const one of schemas) visitReferences(one, (name) => names.add(name));
  return [...names];
}

const files = new Map();
for (const [area, names] of groupBy([...areas.keys()].sort(), home)) {
  const schemas = names.map((name) => schema.get(name));
  const declarations = names.map((name) => declaration(name, schema.get(name)));
  files.set(`${area}.ts`, `${header}${imports(referencesOf(schemas), area)}\n${declarations.join('\n')}`);
}
for (const { file, name, messages, hasResult, about } of maps) {
  const results = hasResult
    ? messages.map((message) => resultName(schema, message)).filter((one) => one !== 'unknown')
    : [];
  const used = [...new Set([...referencesOf(messages.map(({ params }) => params)), ...results])];
  const entries = messages
    .toSorted((a, b) => (a.method < b.method ? -1 : 1))
    .map((message) => {
      const params = message.params === undefined ? 'undefined' : typeText(message.params);
      const entry = hasResult
        ? `{ readonly params: ${params}; readonly result: ${resultName(schema, message)} }`
        : params;
      return `${comment(message.description, '  ')}  readonly '${message.method}': ${entry};\n`;
    });
  files.set(
    `${file}.ts`,
    `${header}${imports(used, '')}\n${comment(about)}export interface ${name} {\n${entries.join('')}}\n`,
  );
}

/** The files as Biome formats this repository. Biome ignores folders that Git ignores, so it works elsewhere. */
function formatted() {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-protocol-'));
  try {
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: undefined, files: undefined }));
    for (const [file, text] of files) writeFileSync(join(folder, file), text);
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const { status, stderr } = spawnSync(process.execPath, [biome, 'check', '--write', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return new Map([...files.keys()].map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const output = formatted();
const present = new Map();
mkdirSync(target, { recursive: true });
for (const file of readdirSync(target)) present.set(file, readFileSync(join(target, file), 'utf8'));

if (process.argv.includes('--check')) {
  const stale = [...new Set([...output.keys(), ...present.keys()])].filter(
    (file) => output.get(file) !== present.get(file),
  );
  if (stale.length > 0) {
    process.stderr.write(`Not current: ${stale.join(', ')}. Run \`npm run protocol:generate\`.\n`);
    process.exitCode = 1;
  }
} else {
  for (const file of present.keys()) if (!output.has(file)) rmSync(join(target, file));
  for (const [file, text] of output) writeFileSync(join(target, file), text);
  process.stdout.write(`${output.size} files in packages/core/src/protocol/generated/\n`);
}
