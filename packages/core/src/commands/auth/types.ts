import type { OpenString } from '../../events/items.js';

/** How the CLI is logged in. It reads its home for this; keys in the environment do not count. */
export type LoginStatus =
  | { readonly state: 'loggedOut' }
  | {
      readonly state: 'loggedIn';
      /** `unknown`: the CLI said it in words that are not known here; see `text`. */
      readonly method: OpenString<'chatgpt' | 'apiKey' | 'accessToken' | 'unknown'>;
      /** The key with all but its ends masked, as the CLI shows it. */
      readonly maskedKey?: string | undefined;
      /** The CLI's own words. */
      readonly text: string;
    };

/** What the user has to do for a login, then how it went. */
export type LoginEvent =
  | {
      readonly type: 'open';
      /** To be opened in a browser. */
      readonly url: string;
      /** To be typed in there (device code only). */
      readonly code?: string | undefined;
    }
  | { readonly type: 'done'; readonly method: 'chatgpt' | 'apiKey' | 'accessToken' };

export interface LogoutResult {
  readonly state: 'loggedOut' | 'alreadyLoggedOut';
}
