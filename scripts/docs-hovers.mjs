// Lists exported names, and members of them, without a documentation comment. Fails if there are any.
//   node scripts/docs-hovers.mjs [--list]
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const packages = ['core', 'operators', 'testing', 'cli'];

/** Wire types: their fields are those of the CLI, and docs/events.md describes them. */
const WIRE = /\/src\/(?:events\/(?:events|items|official-types)|rollouts\/records|protocol\/)/;

const entries = packages.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  return Object.values(exports).flatMap((target) => {
    const file = target.import?.default ?? target.node?.import?.default;
    return file === undefined
      ? []
      : [join(root, 'packages', name, file.replace('./dist/esm/', 'src/').replace(/\.js$/, '.ts'))];
  });
});

const program = ts.createProgram(entries, {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
});
const checker = program.getTypeChecker();

/** @type {Set<string>} */
const missing = new Set();
/** @type {Set<ts.Symbol>} */
const seen = new Set();

for (const entry of entries) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
  for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) check(exported, '');
}

checkClient();

const lines = [...missing].sort();
if (process.argv.includes('--list')) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
process.stdout.write(`${lines.length} exports and members without documentation\n`);
if (lines.length > 0) process.exitCode = 1;

/** Checks a symbol and its members. */
function check(symbol, parent) {
  const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  const declaration = target.declarations?.find((one) => isOurs(one.getSourceFile().fileName));
  // A namespace export is a file.
  if (declaration === undefined || ts.isSourceFile(declaration) || seen.has(target)) return;
  seen.add(target);
  const file = declaration.getSourceFile().fileName;
  if (WIRE.test(file)) return;
  const name = parent === '' ? target.name : `${parent}.${target.name}`;
  if (!isDocumented(target)) missing.add(`${relative(root, file).split(sep).join('/')}: ${name}`);
  if (parent === '') for (const member of membersOf(target, declaration)) check(member, target.name);
}

/** The methods of a client have types that are computed from those of the functions. */
function checkClient() {
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/client/create-codex.ts'));
  const declaration = file?.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === 'Codex');
  for (const method of checker.getTypeAtLocation(declaration).getProperties()) {
    if (!isDocumented(method)) missing.add(`the client: ${method.name}`);
    const type = checker.getTypeOfSymbolAtLocation(method, declaration);
    if (type.getCallSignatures().length > 0 || method.name === 'options') continue;
    for (const member of type.getProperties())
      if (!isDocumented(member)) missing.add(`the client: ${method.name}.${member.name}`);
  }
}

function isOurs(file) {
  return file.includes('/packages/') && file.includes('/src/') && !file.includes('node_modules');
}

function isDocumented(symbol) {
  if (ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== '') return true;
  return symbol.getJsDocTags(checker).some(({ name }) => name === 'internal');
}

/** The members that are written in the declaration. Private ones and constructors have no hover. */
function membersOf(symbol, declaration) {
  if (
    !ts.isInterfaceDeclaration(declaration) &&
    !ts.isClassDeclaration(declaration) &&
    !ts.isTypeAliasDeclaration(declaration)
  )
    return [];
  return [...(symbol.members?.values() ?? [])].filter(
    (member) =>
      (member.flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) !== 0 &&
      !member.name.startsWith('__') &&
      !member.declarations?.some((one) => one.name !== undefined && ts.isPrivateIdentifier(one.name)) &&
      !member.declarations?.some(
        (one) => (ts.getCombinedModifierFlags(one) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0,
      ),
  );
}
