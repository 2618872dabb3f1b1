// Writes docs/schema/thread-event.schema.json from the schemas that decode events and the documentation of their
// interfaces. With --check, it fails instead if the file is not current.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { interfaceDocs } from './lib/interface-docs.mjs';
import { loadSource } from './lib/load-source.mjs';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs', 'schema', 'thread-event.schema.json');
const events = join(root, 'packages', 'core', 'src', 'events');

const { threadEventSchema } = await loadSource('packages/core/src/events/schema/events.ts');
const docs = interfaceDocs([join(events, 'events.ts'), join(events, 'items.ts')]);
const definitions = {};

function define(name, build) {
  if (!(name in definitions)) {
    definitions[name] = {};
    Object.assign(definitions[name], build());
  }
  return { $ref: `#/definitions/${name}` };
}

function shapeSchema(type) {
  const doc = docs.get(type.name);
  if (doc === undefined) throw new Error(`No interface has the name ${type.name} of its schema.`);
  const field = ([name, fieldType]) => {
    const schema = schemaOf(fieldType);
    const description = doc.fields.get(name);
    if (description === undefined) return [name, schema];
    return [name, '$ref' in schema ? { description, allOf: [schema] } : { description, ...schema }];
  };
  return {
    ...(doc.description === undefined ? {} : { description: doc.description }),
    type: 'object',
    required: Object.keys(type.required),
    properties: Object.fromEntries([...Object.entries(type.required), ...Object.entries(type.optional)].map(field)),
  };
}

const builders = {
  shape: (type) => define(type.name, () => shapeSchema(type)),
  tagged: (type) => define(type.name, () => ({ oneOf: [...type.members.values()].map(schemaOf) })),
  openString: (type) => ({ type: 'string', examples: [...type.known] }),
  nullable: (type) => ({ anyOf: [schemaOf(type.inner), { type: 'null' }] }),
  string: () => ({ type: 'string' }),
  boolean: () => ({ type: 'boolean' }),
  integer: () => ({ type: 'integer' }),
  finite: () => ({ type: 'number' }),
  unknown: () => ({}),
  literal: (type) => ({ const: type.value }),
  oneOf: (type) => ({ enum: [...type.values] }),
  list: (type) => ({ type: 'array', items: schemaOf(type.inner) }),
  dictionary: (type) => ({ type: 'object', additionalProperties: schemaOf(type.inner) }),
};

function schemaOf(type) {
  const builder = builders[type.kind];
  if (builder === undefined) throw new Error(`Cannot express ${type.name} (${type.kind}) in JSON Schema.`);
  return builder(type);
}

schemaOf(threadEventSchema);
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'ThreadEvent',
  description:
    'An event of a run of the Codex CLI, as codex-rx emits it. Fields that are not listed may be there, and texts with `examples` may have other values.',
  allOf: [{ $ref: '#/definitions/ThreadEvent' }],
  definitions,
};

const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
// Biome's check leaves the file to this script, and so its path out: only the ending of this name counts.
const formatted = spawnSync(process.execPath, [biome, 'format', '--stdin-file-path=schema.json'], {
  cwd: root,
  input: JSON.stringify(schema),
  encoding: 'utf8',
});
if (formatted.status !== 0) throw new Error(formatted.stderr);

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== formatted.stdout) {
    process.stderr.write('docs/schema/thread-event.schema.json is not current: run `node scripts/docs-schema.mjs`.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, formatted.stdout);
}
