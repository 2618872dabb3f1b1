import { execFile, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFakeAppServer, openFakeCodex, serverTurn } from '@codex-rx/testing';
import type { Block } from './blocks.js';

const run = promisify(execFile);
const RUN_MODULES = join(__dirname, '..', 'programs', 'run-modules.mjs');
/** Limit (ms) for one block. */
const LIMIT = 60_000;

/** The output of the fake: each event that examples use. */
const script = {
  steps: [
    { line: { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' } },
    { line: { type: 'turn.started' } },
    { line: { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: '42' } } },
    { line: { type: 'turn.completed', usage: { input_tokens: 3, cached_input_tokens: 1, output_tokens: 2 } } },
  ],
} as const;

/** A block as a program, with folders of its own. */
interface Program {
  readonly path: string;
  readonly cwd: string;
  readonly home: string;
}

type Fake = { readonly binary: string } & AsyncDisposable;

/** Opens a fake CLI, or nothing for a block that brings its own. */
async function openFake(code: string): Promise<Fake | undefined> {
  if (code.includes('ScriptedModel')) return undefined;
  if (usesAppServer(code)) return openFakeAppServer({ turns: Array.from({ length: 9 }, () => serverTurn.say('42')) });
  return openFakeCodex(script);
}

const usesAppServer = (code: string): boolean => /\b(?:openAppServer|appServer\$)\(|transport: 'app-server'/.test(code);
const isPlain = ({ code }: Block): boolean => !code.includes('ScriptedModel') && !usesAppServer(code);

const environment = (home: string, fake: Fake | undefined): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(fake === undefined ? {} : { CODEX_BINARY: fake.binary }),
  CODEX_HOME: home,
});

/** Runs a block in a process of its own. */
async function runAlone(block: Block, { path, cwd, home }: Program): Promise<string> {
  const fake = await openFake(block.code);
  try {
    await run(process.execPath, [path], { cwd, env: environment(home, fake), timeout: LIMIT });
    return 'exited';
  } catch (error) {
    return String(error);
  } finally {
    await fake?.[Symbol.asyncDispose]();
  }
}

/** Runs programs in one process, which takes a fifth of the time. Resolves to those that ended without an error. */
async function runTogether(programs: readonly Program[], fake: Fake): Promise<ReadonlySet<string>> {
  const ended = new Set<string>();
  const child = fork(RUN_MODULES, [JSON.stringify(programs)], {
    env: environment(programs[0]?.home ?? '', fake),
    stdio: 'ignore',
  });
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
  };
  wait();
  child.on('message', ({ path, error }: { readonly path: string; readonly error?: string }) => {
    wait();
    if (error === undefined) ended.add(path);
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return ended;
}

/**
 * Runs blocks with a fake CLI, or with the real CLI if the block opens a scripted model. Blocks that need nothing of
 * their own share a process; what fails there runs again alone.
 *
 * @param pathOf the compiled program of a block
 * @returns for each block, `exited` or the error
 */
export function runBlocks(blocks: readonly Block[], pathOf: (block: Block) => string): Map<Block, Promise<string>> {
  const folders = mkdtempSync(join(tmpdir(), 'docs-blocks-'));
  // Not where an agent may write: a run would reject it.
  const caches = join(homedir(), '.cache');
  mkdirSync(caches, { recursive: true });
  const homes = mkdtempSync(join(caches, 'docs-blocks-'));
  const programOf = (block: Block): Program => {
    const cwd = mkdtempSync(join(folders, 'block-'));
    mkdirSync(join(cwd, 'project'));
    return { path: pathOf(block), cwd, home: mkdtempSync(join(homes, 'home-')) };
  };
  const together = (async () => {
    const programs = blocks.filter(isPlain).map(programOf);
    const half = Math.ceil(programs.length / 2);
    await using fake = await openFakeCodex(script);
    const ended = [programs.slice(0, half), programs.slice(half)].map((part) => runTogether(part, fake));
    return new Set((await Promise.all(ended)).flatMap((paths) => [...paths]));
  })();
  let before: Promise<unknown> = together;
  const outcomes = new Map(
    blocks.map((block) => {
      const outcome = before.then(async () =>
        (await together).has(pathOf(block)) ? 'exited' : await runAlone(block, programOf(block)),
      );
      before = outcome;
      return [block, outcome];
    }),
  );
  void before.finally(() => {
    rmSync(folders, { recursive: true, force: true });
    rmSync(homes, { recursive: true, force: true });
  });
  return outcomes;
}
