/** Milliseconds as people read them: `0.4s`, `12.3s`, `2m 05s`, `1h 02m`. */
export function duration(ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))}m ${two(seconds % 60)}s`;
  return `${String(Math.floor(seconds / 3600))}h ${two(Math.floor((seconds % 3600) / 60))}m`;
}

export function thousands(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 file`, `2 files`. */
export function count(amount: number, noun: string): string {
  return `${thousands(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}
