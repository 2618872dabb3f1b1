// Memory while a log of 1 GB is read: with a fast subscriber and with a subscriber that pauses repeatedly.
// Needs 1 GB in the temporary folder, and Linux.
//   npm run bench:framing-log [-- <MB>]
import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';
import { readEvents$ } from '@codex-rx/core';
import { BehaviorSubject } from 'rxjs';

const MB = 1_000_000;

function writeLog(path, megabytes) {
  const events = [{ type: 'thread.started', thread_id: '00000000-0000-7000-8000-000000000001' }];
  for (let i = 0; i < 400; i += 1) {
    const id = `item_${i}`;
    const command = {
      id,
      type: 'command_execution',
      command: `/bin/bash -lc 'ls ${i}'`,
      aggregated_output: '',
      exit_code: null,
    };
    events.push(
      { type: 'item.started', item: { ...command, status: 'in_progress' } },
      {
        type: 'item.completed',
        item: {
          ...command,
          aggregated_output: 'ä line of output\n'.repeat((i * 37) % 400),
          exit_code: 0,
          status: 'completed',
        },
      },
      { type: 'item.completed', item: { id, type: 'agent_message', text: `Message ${i}` } },
    );
  }
  const block = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const file = openSync(path, 'w');
  for (let written = 0; written < megabytes * MB; written += block.length) writeSync(file, block);
  closeSync(file);
}

function read(path, pausing) {
  return new Promise((resolve, reject) => {
    const paused$ = new BehaviorSubject(false);
    let events = 0;
    readEvents$(path, { paused$, strict: true }).subscribe({
      next: () => {
        events += 1;
        if (!pausing || events % 100 !== 0) return;
        paused$.next(true);
        setImmediate(() => paused$.next(false));
      },
      complete: () => resolve(events),
      error: reject,
    });
  });
}

/** Not `maxRSS`: it starts at the value of the parent process. */
const peak = () => (Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024) / MB;

const [first = '1000', path, pausing] = process.argv.slice(2);
if (path === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-log-'));
  try {
    const log = join(folder, 'log.jsonl');
    writeLog(log, Number(first));
    for (const how of ['at once', 'pausing']) {
      process.stdout.write(execFileSync(process.execPath, [import.meta.filename, first, log, how]));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  const begin = performance.now();
  const events = await read(path, pausing === 'pausing');
  const seconds = (performance.now() - begin) / 1000;
  console.log(
    `${pausing.padEnd(8)} ${events} events, ${first} MB in ${seconds.toFixed(1)} s, peak RSS ${peak().toFixed(0)} MB`,
  );
}
