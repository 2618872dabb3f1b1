// Makes `require` load the TypeScript of the working directory, as Jest does in `npm test`.
const Module = require('node:module');
const { readFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('esbuild');

const load = (module, file) => {
  const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcefile: file, keepNames: true };
  module._compile(transformSync(readFileSync(file, 'utf8'), options).code, file);
};

/** @param {Record<string, unknown>} replacements modules by name, in place of the installed ones */
exports.loadTypeScript = (replacements) => {
  Module._extensions['.ts'] = load;
  const { _resolveFilename: resolve, _load: loadModule } = Module;
  Module._resolveFilename = (request, ...rest) => resolve.call(Module, toSource(request, rest[0]), ...rest);
  Module._load = (request, ...rest) =>
    Object.hasOwn(replacements, request) ? replacements[request] : loadModule.call(Module, request, ...rest);
};

/** The source of a package of this repository, and of a relative import that ends in `.js`. */
function toSource(request, parent) {
  const [, name, entry] = /^@codex-rx\/([^/]+)(?:\/(.+))?$/.exec(request) ?? [];
  if (name !== undefined) {
    const source = join(process.cwd(), 'packages', name, 'src', entry ?? 'index');
    return existsSync(`${source}.ts`) ? `${source}.ts` : join(source, 'index.ts');
  }
  if (!request.startsWith('.') || !request.endsWith('.js') || parent?.filename === undefined) return request;
  const file = join(parent.filename, '..', request.replace(/\.js$/, '.ts'));
  return existsSync(file) ? file : request;
}
