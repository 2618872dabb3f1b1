// Marks the calls that a module makes when it is loaded as free of side effects, so that bundlers can drop unused
// results. A package with `"sideEffects": false` promises as much for whole modules; in a bundle, the modules are no
// longer apart.
import ts from 'typescript';

const MARK = '/* @__PURE__ */ ';

/**
 * @param {string} code of a module without side effects
 * @param {string} file its name: the extension selects the syntax
 * @returns {string} the same lines, with a mark before each call and `new` outside of functions
 */
export function markPure(code, file) {
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  /** Text to insert, by position. */
  const insertions = new Map();
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) insertions.set(node.getStart(tree), MARK);
    ts.forEachChild(node, visit);
  };
  for (const statement of tree.statements) {
    const isClass = ts.isClassDeclaration(statement);
    if (isClass || ts.isVariableStatement(statement) || ts.isExportAssignment(statement)) visit(statement);
    if (isClass && statement.members.some(runsCode)) wrapClass(statement, tree, insertions);
    if (ts.isVariableStatement(statement)) wrapOperations(statement, tree, insertions);
  }
  const positions = [...insertions.keys()].sort((a, b) => b - a);
  return positions.reduce(
    (text, position) => text.slice(0, position) + insertions.get(position) + text.slice(position),
    code,
  );
}

/** `const a = 1 << b;` becomes `const a = (() => 1 << b)();`: operators may call `valueOf`. */
function wrapOperations(statement, tree, insertions) {
  for (const { initializer } of statement.declarationList.declarations) {
    if (initializer === undefined || !ts.isBinaryExpression(initializer)) continue;
    const start = initializer.getStart(tree);
    insertions.set(start, `${MARK}(() => ${insertions.get(start) ?? ''}`);
    insertions.set(initializer.end, ')()');
  }
}

/** Whether the definition of a class evaluates this member: a static block, or a name that is computed. */
function runsCode(member) {
  const isComputed = member.name !== undefined && ts.isComputedPropertyName(member.name);
  return ts.isClassStaticBlockDeclaration(member) || (isComputed && ts.isCallExpression(member.name.expression));
}

/** `class A { static { … } }` becomes `const A = (() => class A { static { … } })();`: only a call can be marked. */
function wrapClass(statement, tree, insertions) {
  const keyword = statement.getChildren(tree).find(({ kind }) => kind === ts.SyntaxKind.ClassKeyword);
  const abstract = statement.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  if (keyword === undefined || statement.name === undefined) return;
  if (abstract !== undefined) {
    insertions.set(abstract.getStart(tree), '/* ');
    insertions.set(abstract.end, ' */');
  }
  insertions.set(keyword.getStart(tree), `const ${statement.name.text} = ${MARK}(() => `);
  insertions.set(statement.end, ')();');
}
