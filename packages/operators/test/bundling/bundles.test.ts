import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '../../../..');

/** The files of this repository's packages whose code is in a bundle, as paths below `packages/`. */
async function bundled(code: string, platform: 'node' | 'browser', format: 'esm' | 'cjs' = 'esm') {
  const result = await build({
    stdin: { contents: code, resolveDir: join(root, 'packages/operators/test'), loader: 'js' },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform,
    format,
    target: 'es2022',
    external: ['rxjs'],
    absWorkingDir: root,
    logLevel: 'silent',
  });
  const [output] = Object.values(result.metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const files = used.map(([path]) => relative('packages', path)).filter((path) => path !== '../<stdin>');
  return { files: files.sort(), code: result.outputFiles[0]?.text ?? '' };
}

const one = (name: string) => `import { ${name} } from '@codex-rx/operators'; console.log(${name});`;

describe('the built package', () => {
  beforeAll(() => {
    // The other packages' state is their own matter: what counts is what is emitted.
    const projects = ['packages/operators', 'packages/operators/tsconfig.cjs.json'];
    try {
      execFileSync(process.execPath, [join(root, 'node_modules/@typescript/native/bin/tsc'), '-b', ...projects], {
        cwd: root,
        stdio: 'pipe',
      });
    } catch (error) {
      const { stdout } = error as { stdout: Buffer };
      if (String(stdout).includes('packages/operators/src')) throw error;
    }
    // As the build does: without it Node takes the CommonJS build for ES modules.
    for (const name of ['core', 'operators']) {
      writeFileSync(join(root, 'packages', name, 'dist/cjs/package.json'), '{"type":"commonjs","sideEffects":false}\n');
    }
  });

  it.each(['node', 'browser'] as const)('bundles one operator for %s without the others', async (platform) => {
    const { files } = await bundled(one('ofType'), platform);
    expect(files).toEqual(['operators/dist/esm/operators/of-type.js']);
  });

  it.each(['node', 'browser'] as const)(
    'bundles the filters on items for %s with what they share',
    async (platform) => {
      const { files } = await bundled(one('commands'), platform);
      expect(files).toEqual(
        ['commands', 'completed-items', 'of-item'].map((name) => `operators/dist/esm/operators/${name}.js`),
      );
    },
  );

  it.each(['node', 'browser'] as const)(
    'bundles snapshots() for %s with the reducer, and nothing else',
    async (platform) => {
      const { files, code } = await bundled(one('snapshots'), platform);
      expect(files).toContain('operators/dist/esm/snapshot/reduce-snapshot.js');
      expect(files.filter((file) => !/^operators\/dist\/esm\/(snapshot|usage)\//.test(file))).toEqual([
        'operators/dist/esm/notice.js',
        'operators/dist/esm/operators/snapshots.js',
        'operators/dist/esm/turn-end.js',
        'operators/dist/esm/turn-start.js',
      ]);
      expect(code.length).toBeLessThan(22_000);
    },
  );

  it('bundles idleTimeout() with the errors and nothing else of the core', async () => {
    const { files } = await bundled(one('idleTimeout'), 'browser');
    const ofCore = files.filter((file) => file.startsWith('core/'));
    expect(ofCore).not.toEqual([]);
    expect(ofCore.filter((file) => !file.startsWith('core/dist/esm/errors/'))).toEqual([]);
  });

  it('bundles all of it for a browser without anything of Node', async () => {
    const { code } = await bundled(`import * as all from '@codex-rx/operators'; console.log(all);`, 'browser');
    expect(code).not.toMatch(/node:|from\s*["'](fs|path|stream)["']/);
    expect(code).toContain('idleTimeout');
    expect(code).not.toContain('teeLines');
  });

  it('has teeLines() at the root for Node only, and under /node everywhere', async () => {
    const atRoot = await bundled(one('teeLines'), 'node');
    expect(atRoot.files).toContain('operators/dist/esm/node/tee-lines.js');
    expect(atRoot.files.filter((file) => file.startsWith('operators/dist/esm/operators/'))).toEqual([]);
    await expect(bundled(one('teeLines'), 'browser')).rejects.toThrow(/teeLines/);
    const below = await bundled(`import { teeLines } from '@codex-rx/operators/node'; console.log(teeLines);`, 'node');
    expect(below.files).toEqual(atRoot.files);
  });

  it('can be required', async () => {
    const code = `const { snapshots, teeLines } = require('@codex-rx/operators'); console.log(typeof snapshots, typeof teeLines);`;
    const run = execFileSync(process.execPath, ['-e', code], {
      cwd: join(root, 'packages/operators'),
      encoding: 'utf8',
    });
    expect(run).toBe('function function\n');
    const { files } = await bundled(code, 'node', 'cjs');
    expect(files.every((file) => file.includes('/dist/cjs/'))).toBe(true);
  });
});
