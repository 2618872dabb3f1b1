import * as t from 'io-ts';
import type { Observable } from 'rxjs';
import { type BinarySource, locateBinary } from '../binary/resolve.js';
import type { OpenString } from '../events/items.js';
import { assertSupported } from '../request/command-capabilities.js';
import type { CommandOptions } from './command-options.js';
import { parseJson } from './parse-json.js';
import { runCommand$ } from './run-command.js';

/** The result of a check. */
export type DoctorStatus = OpenString<'ok' | 'warning' | 'fail'>;

/** One check; fields that are not known here are kept. */
export interface DoctorCheck {
  /** The id of the check. */
  readonly id: string;
  /** The area of the check. */
  readonly category: string;
  /** The result of the check. */
  readonly status: DoctorStatus;
  /** The result in one sentence. */
  readonly summary: string;
  /** Facts that the check found. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The recommended remedy. */
  readonly remediation: string | null;
  /** Milliseconds that the check took. */
  readonly durationMs: number;
}

/** The report of `codex doctor --json`, and which CLI wrote it. */
export interface DoctorReport {
  /** The absolute path of the CLI. */
  readonly binary: string;
  /** Where it was found. */
  readonly binarySource: BinarySource;
  /** The version of the format of the report. */
  readonly schemaVersion: number;
  /** The time of the report, in the format of ISO 8601. */
  readonly generatedAt: string;
  /** The worst result of all checks. */
  readonly overallStatus: DoctorStatus;
  /** The version of the CLI. */
  readonly codexVersion: string;
  /** By id. */
  readonly checks: Readonly<Record<string, DoctorCheck>>;
}

const doctorCheckCodec: t.Type<DoctorCheck> = t.type({
  id: t.string,
  category: t.string,
  status: t.string,
  summary: t.string,
  details: t.record(t.string, t.unknown),
  remediation: t.union([t.string, t.null]),
  durationMs: t.number,
});

const doctorReportCodec: t.Type<Omit<DoctorReport, 'binary' | 'binarySource'>> = t.type({
  schemaVersion: t.number,
  generatedAt: t.string,
  overallStatus: t.string,
  codexVersion: t.string,
  checks: t.record(t.string, doctorCheckCodec),
});

/**
 * Emits the CLI's report on its own installation, configuration, login and network, once. A failed check is a result,
 * not an error. The CLI tries the network, which may take some seconds.
 *
 * Errors with `CommandParseError` (`COMMAND_PARSE`), and with `CapabilityError` before CLI 0.150.
 *
 * @example
 * ```ts
 * import { doctor$ } from '@codex-rx/core/commands';
 *
 * doctor$().subscribe({
 *   next: ({ checks }) => {
 *     for (const { id, status, remediation } of Object.values(checks)) if (status === 'fail') console.log(id, remediation);
 *   },
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function doctor$(options: CommandOptions = {}): Observable<DoctorReport> {
  return runCommand$(
    options,
    async (cli) => {
      assertSupported(await cli.facts(), 'doctor$');
      return { args: ['doctor', '--json'], accept: [0, 1] };
    },
    (output) => {
      const report = parseJson(output, doctorReportCodec);
      const { path, source } = locateBinary(options);
      return { ...report, binary: path, binarySource: source };
    },
  );
}
