/** What a matcher tells Jest and Vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  /** Also for a matcher that passed: shown if `.not` is before it. */
  message(): string;
}

export const passed = (notMessage: string): MatcherResult => ({ pass: true, message: () => notMessage });
export const failed = (message: string): MatcherResult => ({ pass: false, message: () => message });
