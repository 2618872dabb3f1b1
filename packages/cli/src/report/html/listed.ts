import { formatNumber } from '../../text/numbers.js';
import { html, type SafeHtml } from './safe-html.js';

const MAX_ENTRIES = 1000;

/**
 * Renders the first 1,000 entries of a list, and the number of the others.
 *
 * @param note renders that number; default: as the entry of a list
 */
export function listed<T>(
  entries: readonly T[],
  render: (entry: T) => SafeHtml,
  note: (text: string) => SafeHtml = (text) => html`<li>${text}</li>`,
): SafeHtml {
  const more = entries.length - MAX_ENTRIES;
  const shown = entries.slice(0, MAX_ENTRIES).map(render);
  return more > 0 ? html`${shown}${note(`${formatNumber(more)} more`)}` : html`${shown}`;
}
