import { linux } from './linux.js';
import { posix } from './posix.js';
import type { ProcessPlatform } from './types.js';
import { win32 } from './win32.js';

export type { Listing, ProcessId, ProcessInfo, ProcessPlatform, TaggedProcess } from './types.js';

export function choosePlatform(name: NodeJS.Platform): ProcessPlatform {
  if (name === 'linux') return linux;
  return name === 'win32' ? win32() : posix();
}

export const platform: ProcessPlatform = choosePlatform(process.platform);
