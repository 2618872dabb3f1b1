import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Capabilities, coverageManifest, probeCapabilities$ } from '@codex-rx/core/capabilities';
import { firstValueFrom } from 'rxjs';
import { parseHelp } from '../../../src/capabilities/parse-help.js';
import { realCli, removeFolders } from '../../commands/support/real.js';
import { recorded } from '../support/recorded.js';

afterAll(removeFolders);

const { commands } = coverageManifest;

/** `exec`, `exec --json`, `exec PROMPT` … of the manifest. */
const covered = commands.flatMap(({ path, flags, args }) => unitsOf(path, Object.keys(flags), Object.keys(args)));

function unitsOf(path: string, flags: readonly string[], args: readonly string[]): string[] {
  return [path, ...[...flags, ...args].map((word) => `${path} ${word}`)];
}

function unitsIn(tree: NonNullable<Capabilities['commands']>): string[] {
  return Object.entries(tree).flatMap(([path, { flags, args }]) => unitsOf(path, flags, args));
}

const without = (all: readonly string[], some: readonly string[]): string[] => {
  const known = new Set(some);
  return all.filter((unit) => !known.has(unit));
};

describe('coverageManifest', () => {
  it('cannot be changed', () => {
    const { commands } = coverageManifest;
    expect(() => (commands as unknown[]).pop()).toThrow(TypeError);
    expect(() => {
      (commands[0] as { level: string }).level = 'unsupported';
    }).toThrow(TypeError);
  });

  it('covers every command, flag and argument of the pinned CLI, and nothing else', async () => {
    const capabilities = await firstValueFrom(probeCapabilities$(realCli()));
    expect(capabilities.version?.version).toBe(coverageManifest.version);
    const units = unitsIn(capabilities.commands ?? {});
    expect(units.length).toBeGreaterThan(500);
    expect(without(units, covered)).toEqual([]);
    const help = Object.entries(recorded(coverageManifest.version).pages).flatMap(([path, text]) => {
      const page = parseHelp(path, text);
      return unitsOf(path, page?.flags ?? [], page?.args ?? []);
    });
    expect(without(help, covered)).toEqual([]);
    expect(without(covered, [...units, ...help])).toEqual([]);
  });

  it('has each command once, sorted', () => {
    const paths = commands.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)].sort());
  });

  it('names the function or the option of what is covered, and the reason of what is not', () => {
    const all = commands.flatMap(({ flags, args, ...own }) => [own, ...Object.values(flags), ...Object.values(args)]);
    const bad = all.filter(({ level, by, reason }) =>
      level === 'unsupported' ? by !== undefined || (reason ?? '') === '' : by === undefined || reason !== undefined,
    );
    expect(bad).toEqual([]);
  });

  it('names only functions and options that exist', () => {
    const api = ['core.md', 'core-commands.md', 'core-capabilities.md', 'core-app-server.md']
      .map((name) => readFileSync(join(__dirname, '../../../../../api', name), 'utf8'))
      .join('\n');
    const names = new Set(
      commands
        .flatMap(({ by, flags, args }) => [
          by,
          ...[...Object.values(flags), ...Object.values(args)].map((one) => one.by),
        ])
        .filter((by) => by !== undefined),
    );
    const isThere = (name: string): boolean => api.includes(`\n### ${name}\n`) || api.includes(`readonly ${name}`);
    expect([...names].filter((name) => !isThere(name))).toEqual([]);
  });
});
