// The lines of prose in a file: comments of a program, text of a Markdown page. Code in fences is left out.
import ts from 'typescript';

const FENCE = /^\s*(?:```|~~~)/;

function withoutFences(lines) {
  let fenced = false;
  return lines.filter(({ prose }) => {
    const fence = FENCE.test(prose);
    if (fence) fenced = !fenced;
    return !fence && !fenced;
  });
}

export function markdownLines(source) {
  return withoutFences(source.split('\n').map((raw, index) => ({ line: index + 1, raw, prose: raw })));
}

/** Directives of tools, licence headers and triple-slash references are not prose. */
const DIRECTIVE = /^\s*(?:eslint|biome-ignore|@ts-|prettier|#__PURE__|istanbul|v8 ignore|\/ *<)/;

export function commentLines(source, file) {
  const text = source.startsWith('#!') ? `//${source.slice(2)}` : source;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const raws = text.split('\n');
  const ranges = new Map();
  const collect = (found) => {
    for (const range of found ?? []) ranges.set(range.pos, range);
  };
  const visit = (node) => {
    if (node.kind !== ts.SyntaxKind.JsxText) {
      collect(ts.getLeadingCommentRanges(text, node.pos));
      collect(ts.getTrailingCommentRanges(text, node.end));
    }
    for (const child of node.getChildren(tree))
      if (child.kind < ts.SyntaxKind.FirstJSDocNode || child.kind > ts.SyntaxKind.LastJSDocNode) visit(child);
  };
  visit(tree);
  const comments = [...ranges.values()].sort((a, b) => a.pos - b.pos);
  return comments.flatMap((range) => {
    const first = tree.getLineAndCharacterOfPosition(range.pos).line;
    const body = text.slice(
      range.pos + 2,
      range.kind === ts.SyntaxKind.MultiLineCommentTrivia ? range.end - 2 : range.end,
    );
    const lines = body.split('\n').map((line, index) => ({
      line: first + index + 1,
      raw: raws[first + index],
      prose: line.replace(/^\s*\*+ ?/, ''),
    }));
    return DIRECTIVE.test(lines[0].prose) ? [] : withoutFences(lines);
  });
}
