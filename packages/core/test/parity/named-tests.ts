import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './page.js';

export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** `` `core/test/a` title<br>`core/test/b` title `` */
export function testsIn(cell: string): NamedTest[] {
  return cell.split('<br>').flatMap((part) => {
    const match = /^`([^`]+)` (.+)$/.exec(part);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ file: match[1], title: match[2] }];
  });
}

/** The titles of the tests in a file: the first arguments of `it`, `test`, and what their `each` returns. */
export function titlesIn(file: string): readonly string[] {
  const path = join(root, 'packages', `${file}.test.ts`);
  const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const titles = source.matchAll(/(?:\b(?:it|test)(?:\.\w+)?|\))\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`]*)`)/g);
  return [...titles].map(([, single, double, template]) => single?.replaceAll("\\'", "'") ?? double ?? template ?? '');
}
