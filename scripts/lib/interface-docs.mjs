// Reads the documentation of interfaces off their source.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

function commentOf(node) {
  const text = ts
    .getJSDocCommentsAndTags(node)
    .filter((doc) => ts.isJSDoc(doc))
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join('\n');
  return text === '' ? undefined : text.replace(/\s*\n\s*/g, ' ');
}

/** Name of the interface → { description, fields: name → description }, including inherited fields. */
export function interfaceDocs(files) {
  const docs = new Map();
  const bases = new Map();
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    source.forEachChild((node) => {
      if (!ts.isInterfaceDeclaration(node)) return;
      const fields = new Map();
      for (const member of node.members) {
        const comment = commentOf(member);
        if (comment !== undefined) fields.set(member.name.getText(), comment);
      }
      docs.set(node.name.text, { description: commentOf(node), fields });
      bases.set(
        node.name.text,
        (node.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.getText())),
      );
    });
  }
  const inherited = (name) =>
    (bases.get(name) ?? []).flatMap((base) => [...inherited(base), ...(docs.get(base)?.fields ?? [])]);
  for (const [name, doc] of docs) doc.fields = new Map([...inherited(name), ...doc.fields]);
  return docs;
}
