// Writes docs/schema/thread-event.schema.json from the codecs that decode events and the documentation of their
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

const { threadEventCodec } = await loadSource('packages/core/src/codecs/index.ts');
const docs = interfaceDocs([join(events, 'events.ts'), join(events, 'items.ts')]);
const definitions = {};

function define(name, build) {
  if (!(name in definitions)) {
    definitions[name] = {};
    Object.assign(definitions[name], build());
  }
  return { $ref: `#/definitions/${name}` };
}

function shapeSchema(codec) {
  const doc = docs.get(codec.name);
  if (doc === undefined) throw new Error(`no interface is called ${codec.name}, as its codec is`);
  const field = ([name, type]) => {
    const schema = schemaOf(type);
    const description = doc.fields.get(name);
    if (description === undefined) return [name, schema];
    return [name, '$ref' in schema ? { description, allOf: [schema] } : { description, ...schema }];
  };
  return {
    ...(doc.description === undefined ? {} : { description: doc.description }),
    type: 'object',
    required: Object.keys(codec.required),
    properties: Object.fromEntries([...Object.entries(codec.required), ...Object.entries(codec.optional)].map(field)),
  };
}

const builders = {
  ShapeType: (codec) => define(codec.name, () => shapeSchema(codec)),
  TaggedType: (codec) => define(codec.name, () => ({ oneOf: [...codec.members.values()].map(schemaOf) })),
  OpenType: (codec) => ({ type: 'string', examples: [...codec.known] }),
  NullableType: (codec) => ({ anyOf: [schemaOf(codec.type), { type: 'null' }] }),
  StringType: () => ({ type: 'string' }),
  BooleanType: () => ({ type: 'boolean' }),
  IntegerType: () => ({ type: 'integer' }),
  FiniteType: () => ({ type: 'number' }),
  UnknownType: () => ({}),
  LiteralType: (codec) => ({ const: codec.value }),
  KeyofType: (codec) => ({ enum: Object.keys(codec.keys) }),
  ReadonlyArrayType: (codec) => ({ type: 'array', items: schemaOf(codec.type) }),
  ReadonlyType: (codec) => schemaOf(codec.type),
  DictionaryType: (codec) => ({ type: 'object', additionalProperties: schemaOf(codec.codomain) }),
};

function schemaOf(codec) {
  const builder = builders[codec._tag];
  if (builder === undefined) throw new Error(`no schema is known for the codec ${codec.name} (${codec._tag})`);
  return builder(codec);
}

schemaOf(threadEventCodec);
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
    process.stderr.write('docs/schema/thread-event.schema.json is not current: run `node scripts/schema.mjs`.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, formatted.stdout);
}
