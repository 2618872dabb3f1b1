const number = new Intl.NumberFormat('en-US');

/** `1,234`. */
export function formatNumber(value: number): string {
  return number.format(value);
}

/** `1 file`, `2 files`. */
export function counted(amount: number, noun: string): string {
  return `${formatNumber(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** A duration in ms as people read it: `0.4s`, `12.3s`, `2m 05s`, `1h 02m`. */
export function formatDuration(ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))}m ${two(seconds % 60)}s`;
  return `${String(Math.floor(seconds / 3600))}h ${two(Math.floor((seconds % 3600) / 60))}m`;
}

/** A time in ms since 1970 as `2026-11-30 10:00:00 UTC`; empty if there is no such date. */
export function formatTime(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15
    ? `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
    : '';
}
