import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { lastValueFrom, takeWhile, tap } from 'rxjs';
import { openRealClis, openStandIns } from './clis.js';
import { followBinary$ } from './follow-binary.js';

const help = `Replaces the CLI in the middle of a run: the request goes on with the new one.

  npm run start:hot-swap                              two stand-ins, offline
  npm run start:hot-swap -- <codex> <other codex>     two real CLIs, with a scripted model
`;

/** Answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [first, second, ...more] = args;
  if (args.includes('--help') || args.length === 1 || more.length > 0) {
    console.log(help);
    return args.includes('--help') ? 0 : 2;
  }
  await using clis =
    first === undefined || second === undefined
      ? await openStandIns()
      : await openRealClis(resolve(first), resolve(second));
  const folder = mkdtempSync(join(tmpdir(), 'hot-swap-'));
  const current = join(folder, 'codex');
  try {
    symlinkSync(clis.first, current);
    await run(current, clis.options, () => {
      replaceLink(current, clis.second);
    });
    await whenIdle();
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(current: string, options: object, swap: () => void): Promise<void> {
  const request = { ...options, prompt: 'Get it done.' };
  let isSwapped = false;
  const events$ = followBinary$(current, request, (version) => {
    console.log(`running codex ${version}`);
  });
  await lastValueFrom(
    events$.pipe(
      tap((event) => {
        if (event.type === 'item.completed' && event.item.type === 'agent_message')
          console.log(`  it says: ${event.item.text}`);
        else console.log(`  ${event.type}`);
        if (event.type !== 'item.started' || isSwapped) return;
        isSwapped = true;
        console.log('replacing the binary');
        swap();
      }),
      takeWhile(({ type }) => type !== 'turn.completed', true),
    ),
  );
}

/** In one step: at no time is there nothing. */
function replaceLink(path: string, target: string): void {
  symlinkSync(target, `${path}.next`);
  renameSync(`${path}.next`, path);
}
