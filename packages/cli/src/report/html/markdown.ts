import MarkdownIt from 'markdown-it';
import { visible } from '../../text/visible.js';
import { escapeHtml, type SafeHtml, trusted } from './safe-html.js';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });
/** Files and other schemes stay text. */
markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url);
markdown.renderer.rules.image = (tokens, index) => `<em>[image: ${escapeHtml(tokens[index]?.content ?? '')}]</em>`;
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  return self.renderToken(tokens, index, options);
};

/** Renders untrusted Markdown: without raw HTML, and without images, which would be requests. */
export function renderMarkdown(text: string): SafeHtml {
  return trusted(`<div class="markdown">${markdown.render(visible(text))}</div>`);
}
