import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { findNativeBinary, type Host } from './native-package.js';

/**
 * The native binary behind the Node script that a globally installed `@openai/codex` puts on `PATH`: a link into the package, or on
 * Windows a command file beside its `node_modules`. What is something else stays as it is.
 */
export function unwrapNodeScript(found: string, host: Host): string {
  const real = realpathSync(found);
  if (/[\\/]@openai[\\/]codex[\\/]bin[\\/]codex\.js$/.test(real))
    return findNativeBinary([dirname(real)], host) ?? found;
  const isCommandFile = host.platform === 'win32' && /\.(?:cmd|bat)$/i.test(found);
  return isCommandFile ? (findNativeBinary([dirname(found)], host) ?? found) : found;
}
