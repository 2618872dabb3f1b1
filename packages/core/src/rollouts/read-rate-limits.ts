import { closeSync, constants, fstatSync, lstatSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../events/schema/fields.js';
import type { RateLimitWindow } from '../outcome/exact-reset-time.js';
import { openSafely } from '../util/open-safely.js';

const MAX_TAIL_BYTES = 262_144;
const DAY_MS = 86_400_000;
/** The time of a record is rounded to ms. */
const CLOCK_TOLERANCE_MS = 1_000;

/**
 * Returns the limits that the CLI recorded last during a run, from the last part of the thread's session file. Returns
 * an empty list without such a file or record. Reads a bounded number of bytes, and follows no link below the home.
 *
 * @param since the start of the run, in ms since 1970
 */
export function readRateLimits(home: string, threadId: string, since: number): readonly RateLimitWindow[] {
  try {
    const path = findSessionFile(home, threadId, since);
    return path === undefined ? [] : lastLimits(readTail(path), since);
  } catch {
    // The caller uses the time of the message instead.
    return [];
  }
}

function findSessionFile(home: string, threadId: string, since: number): string | undefined {
  const end = `-${threadId.toLowerCase()}.jsonl`;
  for (const folder of sessionFolders(home, threadId, since)) {
    const name = readdirSync(folder).find((one) => one.startsWith('rollout-') && one.toLowerCase().endsWith(end));
    if (name !== undefined) return join(folder, name);
  }
  return undefined;
}

/** The folder is the date on which the thread started, in the time zone of that run. */
function sessionFolders(home: string, threadId: string, since: number): string[] {
  const days = [startTime(threadId), since].flatMap((time) => [time, time - DAY_MS, time + DAY_MS]);
  const dates = new Set(days.map((day) => new Date(day).toISOString().slice(0, 10)));
  return [...dates].flatMap((date) => {
    const parts = ['sessions', ...date.split('-')];
    const folders = parts.map((_, index) => join(home, ...parts.slice(0, index + 1)));
    return folders.every(isFolder) ? folders.slice(-1) : [];
  });
}

/** Returns the time in a UUID of version 7. */
function startTime(threadId: string): number {
  const time = Number.parseInt(threadId.replaceAll('-', '').slice(0, 12), 16);
  // Another version contains no time.
  return Number.isNaN(time) || time > Date.now() + DAY_MS ? 0 : time;
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readTail(path: string): string {
  const file = openSafely(path, { flags: constants.O_RDONLY });
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, MAX_TAIL_BYTES));
    const length = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

function lastLimits(text: string, since: number): readonly RateLimitWindow[] {
  const lines = text.split('\n').filter((line) => line.includes('"rate_limits"'));
  for (const line of lines.reverse()) {
    const windows = windowsOf(line, since);
    if (windows.length > 0) return windows;
  }
  return [];
}

function windowsOf(line: string, since: number): RateLimitWindow[] {
  const record = parse(line);
  if (!isObject(record) || !isObject(record.payload) || record.payload.type !== 'token_count') return [];
  if (typeof record.timestamp !== 'string' || !(Date.parse(record.timestamp) >= since - CLOCK_TOLERANCE_MS)) return [];
  const limits = record.payload.rate_limits;
  return isObject(limits) ? Object.values(limits).flatMap(toWindow) : [];
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The first line of the tail may be incomplete.
    return undefined;
  }
}

function toWindow(value: unknown): RateLimitWindow[] {
  if (!isObject(value) || typeof value.resets_at !== 'number') return [];
  const resetsAt = new Date(value.resets_at * 1000);
  const usedPercent = typeof value.used_percent === 'number' ? value.used_percent : 0;
  return Number.isNaN(resetsAt.getTime()) ? [] : [{ usedPercent, resetsAt }];
}
