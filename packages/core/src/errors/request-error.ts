import { CodexError } from '../events/codex-error.js';

/** The request is invalid. Emitted on subscribe, before a process is spawned. Code `REQUEST_INVALID`. */
export class RequestError extends CodexError {
  /** Always `REQUEST_INVALID`. */
  readonly code = 'REQUEST_INVALID';
  /** Path of the invalid field, such as `prompt` or `config.model_providers`. */
  readonly field: string;

  /**
   * @param problem a predicate of the field, such as `must not be empty.`
   * @param message replaces the message that consists of field and problem
   */
  constructor(field: string, problem: string, message = `"${field}" ${problem}`) {
    super('RequestError', message);
    this.field = field;
  }
}

/** The CLI version does not support an option (see `unsupported: 'omit'`). Code `CAPABILITY_UNSUPPORTED`. */
export class CapabilityError extends CodexError {
  /** Always `CAPABILITY_UNSUPPORTED`. */
  readonly code = 'CAPABILITY_UNSUPPORTED';
  /** The option of the request, such as `ephemeral`. */
  readonly option: string;
  /** The version of the CLI. */
  readonly version: string;
  /** The first version that supports the option, if known. */
  readonly since: string | undefined;

  constructor(
    option: string,
    version: string,
    details: { since?: string | undefined; until?: string | undefined; canOmit?: boolean | undefined },
  ) {
    const reason =
      details.since === undefined
        ? details.until === undefined
          ? 'this CLI lacks it'
          : `it was removed after CLI ${details.until}`
        : `it needs CLI ${details.since} or later`;
    const advice = details.canOmit === false ? '' : ', or set "unsupported" to "omit" to run without it';
    super(
      'CapabilityError',
      `${option} is not supported by codex ${version}: ${reason}. Install another CLI${advice}.`,
    );
    this.option = option;
    this.version = version;
    this.since = details.since;
  }
}
