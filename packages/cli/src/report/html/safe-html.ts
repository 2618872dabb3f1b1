import { visible } from '../../text/visible.js';

/** HTML that needs no escaping. Only `html` and `trusted` create it. */
export class SafeHtml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What `html` inserts: text is escaped, lists are joined, and `false` and `undefined` are nothing. */
export type Insertion = string | number | false | undefined | SafeHtml | readonly Insertion[];

/** Builds HTML. Inserted text is escaped, in elements and in quoted attributes, and its hidden characters are shown. */
export function html(parts: TemplateStringsArray, ...insertions: readonly Insertion[]): SafeHtml {
  let text = parts[0] ?? '';
  insertions.forEach((insertion, index) => {
    text += toText(insertion) + (parts[index + 1] ?? '');
  });
  return new SafeHtml(text);
}

/** Marks HTML that this package has made by other means. */
export function trusted(text: string): SafeHtml {
  return new SafeHtml(text);
}

/** Escapes untrusted text for the content of an element only: keeps quotes, of which JSON and outputs have many. */
export function escapeContent(text: string): SafeHtml {
  return new SafeHtml(visible(text).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`));
}

/** Escapes untrusted text. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toText(insertion: Insertion): string {
  if (insertion === false || insertion === undefined) return '';
  if (insertion instanceof SafeHtml) return insertion.text;
  if (typeof insertion === 'string') return escapeHtml(insertion);
  if (typeof insertion === 'number') return String(insertion);
  return insertion.map(toText).join('');
}
