// Many runs in one process, and much output through one run: a test measures small numbers, `npm run soak:runs` all.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exec$, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { lastValueFrom, reduce, toArray } from 'rxjs';

const MIB = 1024 * 1024;
const ITEMS = 20;

/** A CLI that repeats its prompt. A shell, because Node starts ten times as slowly, which would dominate. */
const ECHO = `prompt=$(cat)
printf '{"type":"thread.started","thread_id":"%s"}\\n{"type":"turn.started"}\\n' "$prompt"
n=0
while [ $n -lt ${ITEMS} ]; do
  n=$((n+1))
  printf '{"type":"item.completed","item":{"id":"item_%s","type":"agent_message","text":"%s"}}\\n' $n "$prompt"
done
printf '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}\\n'`;

const flood = (bytes: number): string => `cat >/dev/null
yes '{"type":"item.completed","item":{"id":"item_1","type":"agent_message","text":"${'x'.repeat(900)}"}}' | head -c ${bytes}
printf '\\n{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}\\n'`;

async function withCli<T>(body: string, use: (binary: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rx-scale-'));
  const binary = join(folder, 'codex');
  writeFileSync(binary, `#!/bin/sh\n${body}\n`);
  chmodSync(binary, 0o700);
  try {
    return await use(binary);
  } finally {
    await whenIdle();
    rmSync(folder, { recursive: true, force: true });
  }
}

const HOST_EVENTS = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'beforeExit', 'uncaughtException', 'unhandledRejection'];

/** Returns the numbers of active resources by type, and of listeners, of this process. */
export function hostState(): Record<string, number> {
  const state: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) state[kind] = (state[kind] ?? 0) + 1;
  for (const event of HOST_EVENTS) state[`on ${event}`] = process.listenerCount(event);
  return state;
}

/** Resident memory in MiB. */
function memory(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().rss / MIB;
}

async function ask(binary: string, prompt: string): Promise<string[]> {
  const events = await lastValueFrom(exec$({ prompt, binary, timeout: 0 }).pipe(toArray()));
  return problemsOf(events, prompt);
}

function problemsOf(events: readonly ThreadEvent[], prompt: string): string[] {
  const texts = events.flatMap((event) =>
    event.type === 'item.completed' && event.item.type === 'agent_message' ? [event.item.text] : [],
  );
  const problems: string[] = [];
  if (texts.length !== ITEMS) problems.push(`${prompt}: ${texts.length} of ${ITEMS} messages`);
  if (texts.some((text) => text !== prompt)) problems.push(`${prompt}: a message of another run`);
  if (events.some((event) => event.thread_id !== prompt)) problems.push(`${prompt}: an event of another thread`);
  return problems;
}

/** Starts `count` concurrent runs. Resolves to the problems. */
export function concurrent(count: number): Promise<string[]> {
  return withCli(ECHO, async (binary) => {
    const runs = Array.from({ length: count }, (_, index) => ask(binary, `question ${index}`));
    return (await Promise.all(runs)).flat();
  });
}

const heap = (): number => process.memoryUsage().heapUsed / MIB;

/**
 * Starts `count` runs one after the other. Resolves to the problems, the resident memory (MiB) after the first fifth
 * and at the end, and the growth of the heap (MiB) between: resident memory is stable only after a thousand runs.
 */
export function consecutive(
  count: number,
): Promise<{ problems: string[]; plateau: number; end: number; heapGrown: number }> {
  return withCli(ECHO, async (binary) => {
    const problems: string[] = [];
    const warmUp = Math.ceil(count / 5);
    let plateau = 0;
    let heapBefore = 0;
    for (let index = 0; index < count; index += 1) {
      if (index === warmUp) {
        plateau = memory();
        heapBefore = heap();
      }
      problems.push(...(await ask(binary, `question ${index}`)));
    }
    const end = memory();
    return { problems, plateau, end, heapGrown: heap() - heapBefore };
  });
}

/** Runs a CLI that prints `bytes` bytes. Resolves to the number of events, and the growth of the peak memory (MiB). */
export function volume(bytes: number): Promise<{ events: number; grown: number }> {
  return withCli(flood(bytes), async (binary) => {
    const before = process.resourceUsage().maxRSS / 1024;
    const events$ = exec$({ prompt: 'hello', binary, timeout: 0 });
    const events = await lastValueFrom(events$.pipe(reduce((sum) => sum + 1, 0)));
    return { events, grown: process.resourceUsage().maxRSS / 1024 - before };
  });
}
