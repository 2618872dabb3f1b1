/** A link of a Markdown file to a file or heading of this repository. */
export interface Link {
  /** From 1. */
  readonly line: number;
  /** The unresolved target: `../docs/runs.md#limits`, `#limits`. */
  readonly target: string;
}

const LINK = /!?\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const DEFINITION = /^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/;
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** Returns the lines of a Markdown text with blank lines instead of code blocks. */
function proseLines(markdown: string): string[] {
  let fence: string | undefined;
  return markdown.split('\n').map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) {
      fence = mark;
      return mark === undefined ? line : '';
    }
    if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    return '';
  });
}

/** Returns the links of a Markdown text to files and headings of the repository. */
export function relativeLinks(markdown: string): Link[] {
  return proseLines(markdown)
    .flatMap((line, index) => {
      const text = line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, (code) => ' '.repeat(code.length));
      // A link text may contain code, so links are matched in the full line and must start outside code.
      const inline = [...line.matchAll(LINK)].filter((match) => text[match.index] === '[' || text[match.index] === '!');
      const targets = [...inline.map((match) => match[1]), DEFINITION.exec(text)?.[1]];
      return targets.filter((target) => target !== undefined).map((target) => ({ line: index + 1, target }));
    })
    .filter(({ target }) => !ELSEWHERE.test(target));
}

/** Returns the anchors of the headings of a Markdown text, as GitHub generates them. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const line of proseLines(markdown)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${String(count)}`);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
