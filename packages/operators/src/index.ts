export * from './index.browser.js';
export * from './node.js';
