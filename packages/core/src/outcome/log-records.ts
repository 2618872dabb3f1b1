const LOG_LINE = /^\S+Z\s+(?:ERROR|WARN|INFO|DEBUG|TRACE)\s/;
const ERROR_LINE = /^\S+Z\s+ERROR\s+(?:[\w:]+: )?/;
/** A record may print a body of several lines: indented ones, and the bracket that closes it. */
const CONTINUATION = /^(?:\s+\S|[}\])])/;

export interface StderrParts {
  /** Lines outside of the log. */
  readonly lines: readonly string[];
  /** Error records of the log, without time and target. */
  readonly errors: readonly string[];
}

/** Separates the records of the CLI's log from other lines of its stderr. */
export function splitLog(stderr: string): StderrParts {
  const lines: string[] = [];
  const errors: string[][] = [];
  let record: string[] | undefined;
  for (const line of stderr.split('\n').map((each) => each.trimEnd())) {
    if (LOG_LINE.test(line)) {
      record = [line.replace(ERROR_LINE, '')];
      if (ERROR_LINE.test(line)) errors.push(record);
    } else if (record !== undefined && CONTINUATION.test(line)) record.push(line);
    else {
      record = undefined;
      lines.push(line);
    }
  }
  return { lines, errors: errors.map((each) => each.join('\n')) };
}
