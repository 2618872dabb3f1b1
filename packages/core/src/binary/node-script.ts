import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { findNativeBinary, type Host, requireBinary } from './native-package.js';

/**
 * Returns the native binary behind the Node script that a globally installed `@openai/codex` puts on `PATH`: a link
 * into the package, or on Windows a command file next to its `node_modules`. Returns any other file unchanged.
 *
 * @throws BinaryNotFoundError (`BINARY_NOT_FOUND`) if the package is installed without its platform package
 */
export function unwrapNodeScript(found: string, host: Host): string {
  const real = realpathSync(found);
  const isScript = /[\\/]@openai[\\/]codex[\\/]bin[\\/]codex\.js$/.test(real);
  const isCommandFile = host.platform === 'win32' && /\.(?:cmd|bat)$/i.test(found);
  if (!isScript && !isCommandFile) return found;
  const native = findNativeBinary([dirname(isScript ? real : found)], host);
  return native === undefined ? found : requireBinary(native);
}
