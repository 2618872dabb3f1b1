// Translates JSON Schema (draft 7, as schemars writes it) to TypeScript types.

const MAX_COLUMNS = 118;

const refName = (ref) => ref.slice(ref.lastIndexOf('/') + 1);
const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const literal = (value) => (typeof value === 'string' ? quoted(value) : JSON.stringify(value));
const union = (types) => [...new Set(types)].join(' | ');
const grouped = (type) => (/ [|&] /.test(type) ? `(${type})` : type);

const PRIMITIVES = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

/** Calls `found` with the name of each definition that the schema refers to. */
export function visitReferences(schema, found) {
  if (typeof schema !== 'object' || schema === null) return;
  if (typeof schema.$ref === 'string') found(refName(schema.$ref));
  for (const value of Object.values(schema)) visitReferences(value, found);
}

/** The lines of a TSDoc comment; none without a description. */
export function comment(description, indent = '') {
  if (description === undefined) return '';
  const text = description.replaceAll('*/', '* /').replace(/[ \t]+$/gm, '');
  const lines = text.split('\n').flatMap((line) => wrapped(line, MAX_COLUMNS - indent.length - 3));
  if (lines.length === 1 && lines[0].length + indent.length < MAX_COLUMNS - 7) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

function wrapped(line, width) {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== '' && last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/** A TypeScript type as text, on as many lines as it has fields. */
export function typeText(schema, indent = '') {
  if (schema === true || Object.keys(schema).length === 0) return 'unknown';
  if (schema === false) return 'never';
  const parts = [];
  if (schema.$ref !== undefined) parts.push(refName(schema.$ref));
  if (schema.const !== undefined) parts.push(literal(schema.const));
  else if (schema.enum !== undefined) parts.push(union(schema.enum.map(literal)));
  else if (schema.type !== undefined) {
    const types = [schema.type].flat().map((type) => plainType(type, schema, indent));
    if (!isBareObject(schema)) parts.push(union(types));
  }
  for (const list of [schema.oneOf, schema.anyOf])
    if (list !== undefined) parts.push(union(list.map((one) => typeText(one, indent))));
  for (const one of schema.allOf ?? []) parts.push(typeText(one, indent));
  if (parts.length === 0) return schema.properties === undefined ? 'unknown' : objectType(schema, indent);
  return parts.length === 1 ? parts[0] : parts.map(grouped).join(' & ');
}

/** An object whose shape is only given by the alternatives that follow. */
function isBareObject({ type, properties, additionalProperties, oneOf, anyOf }) {
  return (
    type === 'object' &&
    properties === undefined &&
    additionalProperties === undefined &&
    (oneOf ?? anyOf) !== undefined
  );
}

function plainType(type, schema, indent) {
  if (type === 'array') return `readonly ${grouped(typeText(schema.items ?? {}, indent))}[]`;
  return type === 'object' ? objectType(schema, indent) : PRIMITIVES[type];
}

function objectType(schema, indent) {
  const fields = objectFields(schema, indent);
  if (fields === undefined) return 'Readonly<Record<string, unknown>>';
  return typeof fields === 'string' ? `{\n${fields}${indent}}` : `Readonly<Record<string, ${fields.values}>>`;
}

/** The text of the fields, or the type of the values of a dictionary, or nothing for an object of any shape. */
function objectFields({ properties, required = [], additionalProperties }, indent) {
  if (properties === undefined) {
    if (additionalProperties === undefined || typeof additionalProperties === 'boolean') return undefined;
    return { values: typeText(additionalProperties, indent) };
  }
  const inner = `${indent}  `;
  return Object.entries(properties)
    .map(([name, schema]) => {
      const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
      const isRequired = required.includes(name);
      const type = typeText(schema, inner);
      // Optional fields accept `undefined`, which JSON omits.
      return `${comment(schema.description, inner)}${inner}readonly ${key}${isRequired ? '' : '?'}: ${type}${isRequired || type === 'unknown' ? '' : ' | undefined'};\n`;
    })
    .join('');
}

/** The exported declaration of a definition. */
export function declaration(name, schema) {
  const head = comment(schema.description);
  const isInterface =
    schema.type === 'object' && schema.properties !== undefined && !schema.oneOf && !schema.anyOf && !schema.allOf;
  if (!isInterface) return `${head}export type ${name} = ${typeText(schema)};\n`;
  return `${head}export interface ${name} {\n${objectFields(schema, '')}}\n`;
}
