import { CodexError } from '../util/codex-error.js';

/** A request that cannot be run as it is. Raised on subscribe, before anything is spawned. Code `REQUEST_INVALID`. */
export class RequestError extends CodexError {
  readonly code = 'REQUEST_INVALID';
  /** Path of the field that is wrong, such as `prompt` or `config.model_providers`. */
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }

  override get name(): string {
    return 'RequestError';
  }
}

/** The CLI version in use does not know what was asked for (`unsupported: 'omit'` leaves it out instead). Code `CAPABILITY_UNSUPPORTED`. */
export class CapabilityError extends CodexError {
  readonly code = 'CAPABILITY_UNSUPPORTED';
  /** The option of the request, such as `ephemeral`. */
  readonly option: string;
  readonly version: string;
  /** The first version that has it, if known. */
  readonly since: string | undefined;

  constructor(
    option: string,
    version: string,
    details: { since?: string | undefined; until?: string | undefined; canOmit?: boolean | undefined },
  ) {
    const reason =
      details.since === undefined
        ? details.until === undefined
          ? 'this CLI does not have it'
          : `the last CLI that had it is ${details.until}`
        : `it needs CLI ${details.since} or later`;
    const advice = details.canOmit === false ? '' : ", or set unsupported: 'omit' to go on without it";
    super(`${option} is not supported by codex ${version}: ${reason}. Install another CLI${advice}.`);
    this.option = option;
    this.version = version;
    this.since = details.since;
  }

  override get name(): string {
    return 'CapabilityError';
  }
}
