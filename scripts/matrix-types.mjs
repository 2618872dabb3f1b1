// Compiles the code of the documentation against the packed packages: one row per TypeScript version, kind of modules
// and set of flags. Also checks that no export is `any`.
//   npm run matrix:types               all rows
//   npm run matrix:types -- --quick    the oldest and the newest version, with the strictest flags
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { loadSource } from './lib/load-source.mjs';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const isQuick = process.argv.includes('--quick');
const versions = isQuick ? ['5.0.4', '7.0.2'] : ['5.0.4', '5.2.2', '5.5.4', '5.6.3', '5.9.3', '6.0.2', '7.0.2'];

/** @typedef {{ name: string, type: 'module' | 'commonjs', options: object, from?: number, before?: number }} Mode */
/** @type {Mode[]} */
const modes = [
  { name: 'node10', type: 'commonjs', options: { module: 'commonjs', moduleResolution: 'node10' }, before: 7 },
  { name: 'node16', type: 'module', options: { module: 'node16', moduleResolution: 'node16' } },
  { name: 'node16 (CommonJS)', type: 'commonjs', options: { module: 'node16', moduleResolution: 'node16' } },
  { name: 'nodenext', type: 'module', options: { module: 'nodenext', moduleResolution: 'nodenext' } },
  { name: 'bundler', type: 'module', options: { module: 'esnext', moduleResolution: 'bundler' } },
  // Before 5.6, this module kind has no `for await` at the top level, which the documentation uses.
  { name: 'preserve', type: 'module', options: { module: 'preserve' }, from: 5.6 },
];
const flagSets = [];
for (const skipLibCheck of isQuick ? [false] : [false, true]) {
  for (const exactOptionalPropertyTypes of isQuick ? [true] : [false, true]) {
    flagSets.push({ skipLibCheck, exactOptionalPropertyTypes });
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'codex-rx-types-'));
const compilers = join(scratch, 'compilers');
try {
  await install();
  const rows = await compileAll();
  for (const row of rows) process.stdout.write(`${row.ok ? 'ok  ' : 'FAIL'} ${row.name}\n`);
  const failed = rows.filter((row) => !row.ok);
  for (const row of failed) process.stdout.write(`\n${row.name}\n${row.output.split('\n').slice(0, 12).join('\n')}\n`);
  process.stdout.write(`${rows.length - failed.length} of ${rows.length} combinations compile\n`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function install() {
  for (const name of ['core', 'operators', 'testing']) {
    await run('npm', ['pack', '--pack-destination', scratch, '-w', `packages/${name}`], { cwd: root });
  }
  const tarballs = readdirSync(scratch).filter((file) => file.endsWith('.tgz'));
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const others = ['@types/node', 'io-ts', 'fp-ts', 'fast-check', '@jest/globals', 'zod'].map((name) =>
    name in devDependencies ? `${name}@${devDependencies[name]}` : name,
  );
  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ name: 'scratch', private: true }));
  await npmInstall(scratch, ['rxjs@7', '@types/jest@30', ...others, ...tarballs.map((file) => `./${file}`)]);
  mkdirSync(compilers);
  writeFileSync(join(compilers, 'package.json'), JSON.stringify({ name: 'compilers', private: true }));
  await npmInstall(
    compilers,
    versions.map((version) => `ts-${version}@npm:typescript@${version}`),
  );
}

function npmInstall(cwd, packages) {
  return run('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], { cwd });
}

async function compileAll() {
  const { collectBlocks } = await loadSource('packages/testing/test/docs/blocks.ts');
  const blocks = collectBlocks(root);
  const waiting = [];
  for (const mode of modes) {
    const folder = join(scratch, mode.name.replace(/\W+/g, '-'));
    mkdirSync(folder);
    symlinkSync(join(scratch, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: mode.type }));
    for (const version of versions) {
      const short = Number.parseFloat(version);
      if (short < (mode.from ?? 0) || short >= (mode.before ?? Infinity)) continue;
      const sources = join(folder, version);
      mkdirSync(sources);
      for (const { name, code } of blocks) {
        const text = mode.type === 'commonjs' ? inFunction(code) : code;
        // `using` is syntax of TypeScript 5.2.
        const plain = short < 5.2 ? text.replace(/\bawait using\b/g, 'const') : text;
        writeFileSync(join(sources, `${name.replace(/\W+/g, '-')}.ts`), `${plain}\nexport {};\n`);
      }
      writeFileSync(join(sources, 'any.ts'), anyCheck());
      for (const flags of flagSets) waiting.push(() => compile(mode, sources, version, flags));
    }
  }
  const rows = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) rows.push(await next());
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return rows.sort((a, b) => a.name.localeCompare(b.name));
}

/** CommonJS has no `await` at the top level: moves everything but the imports into an async function. */
function inFunction(code) {
  const imports = code.match(/^import [^;]*;/gm) ?? [];
  const rest = code.replace(/^import [^;]*;/gm, '');
  if (/^(?:export|declare) /m.test(rest)) return code;
  return `${imports.join('\n')}\nexport async function main(): Promise<void> {\n${rest}\n}`;
}

/** Fails to compile if a value or a type of an entry point is `any`. */
function anyCheck() {
  const imports = [];
  const checks = [];
  for (const name of ['core', 'operators', 'testing']) {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    for (const path of Object.keys(manifest.exports)) {
      if (path === './package.json') continue;
      const alias = `${name}_${path.replace(/\W+/g, '_')}`;
      imports.push(`import * as ${alias} from '${manifest.name}${path.slice(1)}';`);
      checks.push(`export type ${alias}_ok = None<AnyNames<typeof ${alias}>>;`);
    }
  }
  return `${imports.join('\n')}
type None<T extends never> = T;
type IsAny<T> = 0 extends 1 & T ? true : false;
type ReturnIsAny<T> = T extends (...args: never[]) => infer R ? IsAny<R> : false;
type AnyNames<T> = { [K in keyof T]: true extends IsAny<T[K]> | ReturnIsAny<T[K]> ? K : never }[keyof T];
${checks.join('\n')}
`;
}

async function compile(mode, folder, version, { skipLibCheck, exactOptionalPropertyTypes }) {
  const flags = `${skipLibCheck ? 'skipLibCheck' : 'lib checked'}${exactOptionalPropertyTypes ? ', exact' : ''}`;
  const name = `typescript ${version}, ${mode.name}, ${flags}`;
  const major = Number(version.split('.')[0]);
  const config = join(folder, `tsconfig-${skipLibCheck}-${exactOptionalPropertyTypes}.json`);
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM', ...(Number.parseFloat(version) >= 5.2 ? ['ESNext.Disposable'] : [])],
    types: ['node', 'jest'],
    strict: true,
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    noEmit: true,
    skipLibCheck,
    exactOptionalPropertyTypes,
    ...mode.options,
    ...(major === 6 && mode.name === 'node10' ? { ignoreDeprecations: '6.0' } : {}),
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const tsc = join(compilers, 'node_modules', `ts-${version}`, 'bin', 'tsc');
  const output = await run(process.execPath, [tsc, '-p', config], { maxBuffer: 2 ** 26 }).then(
    () => '',
    (error) => `${error.stdout}${error.stderr}`,
  );
  // Declarations of others are not ours to mend.
  const own = output
    .split('\n')
    .filter((line) => !/node_modules\/(?!@codex-rx\/)/.test(line))
    .join('\n')
    .trim();
  return { name, ok: own === '', output: own };
}
