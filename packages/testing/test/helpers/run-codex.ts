import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ScriptedModel } from '../../src/model/index.js';

export interface Item {
  readonly id: string;
  readonly type: string;
  readonly status?: string;
  readonly [key: string]: unknown;
}

export interface Event {
  readonly type: string;
  readonly item?: Item;
  readonly [key: string]: unknown;
}

export interface Ran {
  readonly code: number | null;
  readonly events: readonly Event[];
  readonly stderr: string;
  /** The completed items. */
  readonly items: readonly Item[];
  /** Message of `turn.failed`. */
  readonly failure: string | undefined;
}

/** The CLI under test: `CODEX_BINARY`, else the pinned one. */
const binary = process.env.CODEX_BINARY ?? pinnedBinary();

/** Its minor version: 169 of 0.169.0. */
export const minor = Number(/0\.(\d+)\./.exec(execFileSync(binary, ['--version'], { encoding: 'utf8' }))?.[1]);

function pinnedBinary(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const manifest = require.resolve(`@openai/codex-${process.platform}-${process.arch}/package.json`);
  const vendor = join(dirname(manifest), 'vendor');
  const [triple = ''] = readdirSync(vendor);
  return join(vendor, triple, 'bin', 'codex');
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: Event) => void;
}

/** Runs the real CLI without the SDK, because the scripted model must not depend on it. */
export async function runCodex(model: ScriptedModel, prompt: string, options: RunOptions = {}): Promise<Ran> {
  const cwd = options.cwd ?? mkdtempSync(join(tmpdir(), 'codex-rx-test-'));
  const all: NodeJS.ProcessEnv = { ...process.env, ...model.options.env, CODEX_HOME: model.options.codexHome };
  const env = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const argv = ['exec', '--json', '--skip-git-repo-check', ...(options.args ?? []), '-'];
  const child = spawn(binary, argv, { cwd, env, stdio: 'pipe', signal: options.signal });
  try {
    child.stdin.on('error', () => undefined).end(prompt);
    let stdout = '';
    let stderr = '';
    let read = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const lines = stdout.split('\n').slice(0, -1);
      for (const line of lines.slice(read)) options.onEvent?.(JSON.parse(line) as Event);
      read = lines.length;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => {
      child.on('error', () => undefined).on('close', resolve);
    });
    const events = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Event);
    const failed = events.find(({ type }) => type === 'turn.failed') as { error?: { message: string } } | undefined;
    return {
      code,
      events,
      stderr,
      items: events.flatMap(({ type, item }) => (type === 'item.completed' && item ? [item] : [])),
      failure: failed?.error?.message,
    };
  } finally {
    child.kill('SIGKILL');
    if (options.cwd === undefined) rmSync(cwd, { recursive: true, force: true });
  }
}
