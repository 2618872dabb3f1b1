import { LOG_RULES } from './failure-rules.js';
import { splitLog } from './log-records.js';

/** Lines of causes in a message. */
const MAX_CAUSES = 8;

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
  /^\s+\d+:\s/,
  /^\s+at\s/,
  /^note: run with/,
];

const REASON_PREFIX = /^(Error( loading \S+| parsing .+)?:|error:)/;

/**
 * Returns the reason of the exit in stderr, or `undefined`. A configuration error includes the key and the causes that
 * the CLI prints on the lines after it.
 */
export function findReason(stderr: string): string | undefined {
  const { lines } = splitLog(stderr);
  const useful = lines.filter((line) => line !== '' && !NOISE_LINES.some((noise) => noise.test(line)));
  const at = useful.findIndex((line) => REASON_PREFIX.test(line));
  const line = useful[at];
  if (line === undefined) return useful.find((each) => each.includes('panicked at')) ?? useful.at(-1);
  const next = useful[at + 1];
  // The reason follows on the next line of "Error loading config.toml:".
  const reason = line.endsWith(':') && next !== undefined ? `${line} ${next}` : line;
  const key = useful.slice(at + 1, at + 4).find((each) => each.startsWith('in `'));
  return [reason, ...(key === undefined ? [] : [key]), ...findCauses(lines)].join(' ');
}

/** The CLI numbers its causes if there are several. */
function findCauses(lines: readonly string[]): string[] {
  const at = lines.indexOf('Caused by:');
  if (at === -1) return [];
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !/^\s/.test(line));
  const causes = (end === -1 ? rest : rest.slice(0, end)).map((line) => line.trim().replace(/^\d+: /, ''));
  return causes.length === 0 ? [] : [`Caused by: ${causes.slice(0, MAX_CAUSES).join(': ')}`];
}

/**
 * Returns the text of the last error in the CLI's log that explains an exit, or `undefined`. Other errors are in the
 * logs of successful runs, too.
 */
export function findLoggedError(stderr: string): string | undefined {
  const error = splitLog(stderr)
    .errors.filter((text) => LOG_RULES.some(([, pattern]) => pattern.test(text)))
    .at(-1);
  return error === undefined ? undefined : unwrapMessage(error);
}
