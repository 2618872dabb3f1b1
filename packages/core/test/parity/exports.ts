import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { root } from './page.js';

/** The sources of the entry points of a package. */
function entriesOf(name: string): string[] {
  const folder = join(root, 'packages', name);
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, { readonly import?: { readonly default: string } }>>;
  };
  return Object.values(exports).flatMap(({ import: target }) =>
    target === undefined ? [] : [join(folder, target.default.replace('/dist/esm/', '/src/').replace(/\.js$/, '.ts'))],
  );
}

/** The names of the official SDK are those of another API. */
const isOwn = (entry: string): boolean => !entry.includes('codex-sdk');
const entries = [...entriesOf('core').filter(isOwn), join(root, 'packages', 'operators', 'src', 'index.ts')];

/** Whether the packages export a name: a value or a type, or with a dot, a member of one. */
export function exportsOf(): (name: string) => boolean {
  const program = ts.createProgram(entries, {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const symbols = new Map(
    entries.flatMap((entry) => {
      const file = program.getSourceFile(entry);
      const exported = file && checker.getSymbolAtLocation(file);
      return exported === undefined
        ? []
        : checker.getExportsOfModule(exported).map((symbol) => [symbol.name, symbol] as const);
    }),
  );
  return (name) => {
    const [first = '', ...members] = name.split('.');
    const symbol = symbols.get(first);
    if (symbol === undefined || members.length === 0) return symbol !== undefined;
    const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    const type = checker.getDeclaredTypeOfSymbol(target);
    return members.length === 1 && checker.getPropertyOfType(type, members[0] ?? '') !== undefined;
  };
}
