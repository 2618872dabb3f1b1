/**
 * Returns the text in a message that contains the JSON body of an HTTP error, as the CLI reports some, or the message
 * unchanged. Older versions put `unexpected status 400 Bad Request: ` before the body.
 */
export function unwrapMessage(message: string): string {
  const start = message.indexOf('{');
  if (start === -1) return message;
  const inner = innerMessage(message.slice(start));
  return inner === undefined ? message : `${message.slice(0, start)}${inner}`.trim();
}

function innerMessage(json: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const error = field(value, 'error');
  const found = field(error, 'message') ?? field(value, 'message') ?? field(value, 'detail') ?? error;
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

// Lines that the CLI also writes to stderr in successful runs.
const NOISE_LINES = [
  /^Reading (additional input|prompt) from stdin/,
  /^WARNING: proceeding, even though/,
  /^\S+Z\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s/,
  /^\s+\d+:\s/,
  /^\s+at\s/,
  /^note: run with/,
];

const REASON_PREFIX = /^(Error( loading \S+| parsing .+)?:|error:)/;

/** Returns the line of stderr that contains the reason of the exit, or `undefined`. */
export function findReason(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trimEnd());
  const useful = lines.filter((line) => line !== '' && !NOISE_LINES.some((noise) => noise.test(line)));
  const at = useful.findIndex((line) => REASON_PREFIX.test(line));
  if (at === -1) return useful.find((line) => line.includes('panicked at')) ?? useful.at(-1);
  const line = useful[at];
  // The reason follows on the next line of "Error loading config.toml:".
  return line?.endsWith(':') === true && useful[at + 1] !== undefined ? `${line} ${useful[at + 1] ?? ''}` : line;
}
