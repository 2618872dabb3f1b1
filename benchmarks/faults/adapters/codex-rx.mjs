export { exec$ as createExec$ } from '@codex-rx/core';
