/** The script of the page: search, filters, keys and theme. The page can be read without it. */
export const PAGE_SCRIPT = `
(() => {
  'use strict';
  const $ = (selector) => document.querySelector(selector);
  const items = [...document.querySelectorAll('article.item')];
  const texts = new Map();
  const textOf = (item) => {
    let text = texts.get(item);
    if (text === undefined) texts.set(item, (text = item.textContent.toLowerCase()));
    return text;
  };
  const search = $('#search');
  const failed = $('#failed');
  const filters = [...document.querySelectorAll('[data-filter]')];
  $('.toolbar').hidden = false;

  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const kinds = new Set(filters.filter((box) => box.checked).map((box) => box.dataset.filter));
    let count = 0;
    for (const item of items) {
      const isShown =
        kinds.has(item.dataset.kind) &&
        (!failed.checked || item.matches('.o-failed, .o-declined, .o-running')) &&
        words.every((word) => textOf(item).includes(word));
      item.hidden = !isShown;
      if (isShown) count++;
    }
    $('#found').textContent = count === items.length ? '' : count + ' of ' + items.length;
  };
  let timer;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  failed.addEventListener('change', apply);
  for (const box of filters) box.addEventListener('change', apply);

  let isExpanded = false;
  const expand = () => {
    isExpanded = !isExpanded;
    for (const details of document.querySelectorAll('details.output')) details.open = isExpanded;
    $('#expand').textContent = isExpanded ? 'Fold all' : 'Expand all';
  };
  $('#expand').addEventListener('click', expand);
  const theme = () => {
    const root = document.documentElement;
    const isDark = (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    root.dataset.theme = isDark ? 'light' : 'dark';
  };
  $('#theme').addEventListener('click', theme);

  const move = (step) => {
    const shown = items.filter((item) => !item.hidden);
    const at = shown.indexOf(document.activeElement && document.activeElement.closest('article.item'));
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + step))];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: 'start' });
    }
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      search.value = '';
      search.blur();
      apply();
      return;
    }
    if (event.target === search) return;
    const actions = {
      '/': () => search.focus(),
      j: () => move(1),
      k: () => move(-1),
      f: () => ((failed.checked = !failed.checked), apply()),
      e: expand,
      t: theme,
    };
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action) {
      event.preventDefault();
      action();
    }
  });
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details.output')) details.open = true;
  });
})();
`;
