import { SourceMap, type SourceMapPayload } from 'node:module';
import { relative, resolve } from 'node:path';

/**
 * The source files of which a bundle contains code, as paths below `folder`.
 *
 * @param code a bundle, made in `folder`
 * @param map its source map, in JSON
 */
export function sourceFiles(code: string, map: string, folder: string): string[] {
  const sourceMap = new SourceMap(JSON.parse(map) as SourceMapPayload);
  const files = new Set<string>();
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column++) {
      const entry = sourceMap.findEntry(line, column);
      if ('originalSource' in entry) files.add(entry.originalSource);
    }
  }
  // Names such as `<stdin>` and `rxjs:rxjs` stand for generated code.
  return [...files]
    .filter((file) => /\.[jt]s$/.test(file))
    .map((file) => relative(folder, resolve(folder, file)))
    .sort();
}
