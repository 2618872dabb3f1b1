// Builds dist/ of all packages: declarations by the compiler, one bundle for each entry point of `exports` by esbuild.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile, utimes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { isCurrent } from './is-current.mjs';
import { markPure } from './mark-pure.mjs';

const root = join(import.meta.dirname, '..', '..');
const compiler = createRequire(import.meta.url).resolve('@typescript/native/package.json');

/**
 * Runtime dependencies of which the used part is copied into the bundles: their 60 files take longer to load than a
 * whole package. Packages in `devDependencies` are copied, too.
 */
const INLINED = ['io-ts', 'fp-ts'];

/** Marks when the bundles were made. Its extension keeps it out of the package. */
const STAMP = '.bundles.tsbuildinfo';

/** Of esbuild, for both passes. Source maps refer to the sources in the package. */
const COMMON = {
  platform: 'node',
  target: 'es2022',
  sourcemap: true,
  sourcesContent: false,
  write: false,
  logLevel: 'warning',
};

/** Applies to our sources and to `INLINED`, whose manifests all promise to have no side effects. */
const markedPure = {
  name: 'mark-pure',
  setup({ onLoad }) {
    onLoad({ filter: /(?:[\\/](?:io-ts|fp-ts)[\\/].*\.js|\.ts)$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      return { contents: markPure(contents, path), loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

/** One import of `rxjs` in a bundle instead of one for each source file, which the bundlers of users would keep. */
const oneImportOfRxjs = {
  name: 'one-import-of-rxjs',
  setup({ initialOptions, onResolve, onLoad }) {
    onResolve({ filter: /^rxjs$/ }, ({ path, namespace }) =>
      namespace === 'rxjs' ? { path, external: true } : { path, namespace: 'rxjs', sideEffects: false },
    );
    onLoad({ filter: /.*/, namespace: 'rxjs' }, () => {
      const names = importedNames(join(initialOptions.absWorkingDir, 'src'));
      return { contents: `export { ${names.join(', ')} } from 'rxjs';` };
    });
  },
};

/** An ES module has no `require`, which copied CommonJS modules call for the modules of Node.js. */
const builtInsOfCommonJs = {
  name: 'built-ins-of-common-js',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'built-in' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({ contents: `export * from '${path}';` }));
  },
};

function importedNames(folder) {
  const code = filesBelow(folder).map((file) => readFileSync(file, 'utf8'));
  const lists = code.flatMap((text) =>
    [...text.matchAll(/^import \{([^}]*)\} from 'rxjs';/gm)].map(([, list]) => list),
  );
  const names = lists.flatMap((list) => list.split(',').map((name) => name.trim().replace(/ as .*/, '')));
  return [...new Set(names)].filter((name) => name !== '' && !name.startsWith('type ')).sort();
}

/**
 * @param {readonly string[]} args projects and options of `tsc -b`
 * @returns {string} the output of the compiler; empty if it reports no errors
 */
export function compile(args) {
  const tsc = join(dirname(compiler), 'bin', 'tsc');
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [tsc, '-b', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout ?? ''}${stderr ?? ''}${error ?? ''}` || 'The compiler failed.';
}

/** Writes `dist/esm/**.js` and `dist/cjs` of each package. Expects the declarations of `tsc -b` in `dist/esm`. */
export async function bundlePackages() {
  const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  await Promise.all(folders.filter((folder) => existsSync(join(folder, 'package.json'))).map(bundlePackage));
}

async function bundlePackage(folder) {
  const stamp = join(folder, 'dist', STAMP);
  const scripts = ['build-packages.mjs', 'mark-pure.mjs'].map((name) => join(import.meta.dirname, name));
  const inputs = ['src', 'package.json', 'dist/.esm.tsbuildinfo'].map((name) => join(folder, name));
  if (isCurrent(stamp, [...inputs, ...scripts])) return;
  const started = Date.now();
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const esm = await build({
    ...COMMON,
    absWorkingDir: folder,
    entryPoints: [...entryPoints(manifest.exports), ...(manifest.bin === undefined ? [] : ['src/main.ts'])],
    outbase: 'src',
    outdir: 'dist/esm',
    chunkNames: 'chunks/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    mainFields: ['module', 'main'],
    metafile: true,
    plugins: [markedPure, oneImportOfRxjs, builtInsOfCommonJs],
    alias: { 'fp-ts/lib': 'fp-ts/es6' },
    external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
      .filter((name) => !INLINED.includes(name))
      .flatMap((name) => [name, `${name}/*`]),
  });
  const esmFiles = written(esm.outputFiles);

  // esbuild shares chunks between entry points in ES modules only, so the CommonJS files are made from those.
  const cjs = await build({
    ...COMMON,
    absWorkingDir: folder,
    entryPoints: esmFiles.filter((file) => file.endsWith('.js')),
    outbase: 'dist/esm',
    outdir: 'dist/cjs',
    bundle: false,
    format: 'cjs',
  });
  const cjsFiles = written(cjs.outputFiles);

  const declarations = filesBelow(join(folder, 'dist/esm')).filter((file) => /\.d\.ts(?:\.map)?$/.test(file));
  const current = declarations.filter((file) => existsSync(sourceOf(folder, file)));
  for (const file of current) {
    const copy = join(folder, 'dist/cjs', relative(join(folder, 'dist/esm'), file));
    write(copy, readFileSync(file));
    cjsFiles.push(copy);
  }

  // Without it Node.js takes the CommonJS build for ES modules, as the package's own "type" says.
  const commonJs = join(folder, 'dist/cjs/package.json');
  write(
    commonJs,
    Buffer.from(`${JSON.stringify({ type: 'commonjs', sideEffects: relocated(manifest.sideEffects) })}\n`),
  );

  const kept = new Set([...esmFiles, ...cjsFiles, ...current, commonJs, ...licences(folder, esm.metafile)]);
  for (const file of filesBelow(join(folder, 'dist'))) {
    if (!kept.has(file) && !/\.(?:tsbuildinfo|tmp)$/.test(file)) rmSync(file, { force: true });
  }
  // As of the start: a source that was written meanwhile is newer.
  writeFileSync(stamp, '');
  await utimes(stamp, new Date(started), new Date(started));
}

/** The sources of all JavaScript files of the ES module build that `exports` names. */
function entryPoints(exports) {
  const targets = typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(entryPoints);
  const sources = targets.map((target) => target.replace(/^\.\/dist\/esm\/(.*)\.js$/, 'src/$1.ts'));
  return [...new Set(sources.filter((source) => source.startsWith('src/')))];
}

/** `sideEffects` of the package, relative to `dist/cjs`. */
function relocated(sideEffects) {
  if (!Array.isArray(sideEffects)) return sideEffects;
  return sideEffects.filter((path) => path.startsWith('./dist/cjs/')).map((path) => path.replace('./dist/cjs/', './'));
}

function sourceOf(folder, declaration) {
  const path = relative(join(folder, 'dist/esm'), declaration);
  return join(folder, 'src', path.replace(/\.d\.ts(?:\.map)?$/, '.ts'));
}

/** The licences of the copied dependencies demand that they go along with copies. */
function licences(folder, { outputs }) {
  const sources = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const copied = sources.map((path) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)).filter(Boolean);
  const places = [...new Map(copied.map(([path, name]) => [name, join(folder, path)]))].sort();
  if (places.length === 0) return [];
  const texts = places.map(([name, place]) => {
    const licence = readdirSync(place).find((file) => /^licen[cs]e/i.test(file));
    if (licence === undefined) throw new Error(`${name} has no file with its licence: it must not be bundled.`);
    return `This package contains parts of ${name}:\n\n${readFileSync(join(place, licence), 'utf8').trim()}\n`;
  });
  const file = join(folder, 'dist', 'THIRD-PARTY-LICENSES');
  write(file, Buffer.from(texts.join('\n')));
  return [file];
}

function written(outputFiles) {
  for (const { path, contents } of outputFiles) write(path, contents);
  return outputFiles.map(({ path }) => path);
}

/** Replaces a file as a whole, as another process may load it at this moment, and only if it differs. */
function write(path, contents) {
  if (existsSync(path) && statSync(path).isFile() && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
