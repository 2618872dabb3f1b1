import { escapeContent, html, type SafeHtml, trusted } from './safe-html.js';

/** Renders a unified diff, or the content of an added or deleted file, with a class for each line. */
export function renderDiff(text: string, kind: string): SafeHtml {
  const lines = text.replace(/\n$/, '').split('\n');
  const isDiff = lines.some((line) => line.startsWith('@@'));
  const rendered = lines.map((line) => {
    const name = isDiff ? lineClass(line) : kind === 'add' ? 'd-add' : kind === 'delete' ? 'd-del' : '';
    const content = escapeContent(line);
    return name === '' ? content.text : html`<span class="${name}">${content}</span>`.text;
  });
  return trusted(`<pre class="diff">${rendered.join('\n')}</pre>`);
}

function lineClass(line: string): string {
  if (line.startsWith('@@')) return 'd-hunk';
  if (line.startsWith('+') && !line.startsWith('+++')) return 'd-add';
  return line.startsWith('-') && !line.startsWith('---') ? 'd-del' : '';
}
