import type { OpenString } from '../../events/items.js';

/** The login status of the CLI, as stored in its home; keys in the environment do not count. */
export type LoginStatus =
  | { readonly state: 'loggedOut' }
  | {
      readonly state: 'loggedIn';
      /** `unknown`: the wording of the CLI was not recognized; see `text`. */
      readonly method: OpenString<'chatgpt' | 'apiKey' | 'accessToken' | 'unknown'>;
      /** The key with all but its ends masked, as the CLI shows it. */
      readonly maskedKey?: string | undefined;
      /** The output of the CLI. */
      readonly text: string;
    };

/** The page that the user has to open, then the outcome. */
export type LoginEvent =
  | {
      readonly type: 'open';
      /** To be opened in a browser. */
      readonly url: string;
      /** To be typed in there (device code only). */
      readonly code?: string | undefined;
    }
  | { readonly type: 'done'; readonly method: 'chatgpt' | 'apiKey' | 'accessToken' };

/** The result of `logout$`. */
export interface LogoutResult {
  /** Whether there was a login to remove. */
  readonly state: 'loggedOut' | 'alreadyLoggedOut';
}
