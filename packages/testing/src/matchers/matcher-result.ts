/** The result of a matcher, as Jest and Vitest define it. */
export interface MatcherResult {
  readonly pass: boolean;
  /** Returns the message of the failure; for `pass: true`, that of `.not`. */
  message(): string;
}

export const passed = (notMessage: string): MatcherResult => ({ pass: true, message: () => notMessage });
export const failed = (message: string): MatcherResult => ({ pass: false, message: () => message });
