import { isCodexError } from '../errors/is-codex-error.js';
import { type SettingLayers, settingAt, settingLayers, textAt } from '../request/settings.js';
import { errorOf, type PreflightFacts, valueOf } from './facts.js';
import type { PreflightProblem } from './types.js';

/** The credentials that the model provider needs. */
type Need = 'login' | { readonly variable: string } | undefined;

/** Replaces a login. `OPENAI_API_KEY` does not: the CLI does not send it. */
const KEY = 'CODEX_API_KEY';

export function loginProblems(facts: PreflightFacts): PreflightProblem[] {
  const { options, env, login, home, profile } = facts;
  // An unreadable configuration does not show which credentials are needed.
  if (valueOf(home)?.config.problem !== undefined) return [];
  const layers = settingLayers([valueOf(home)?.config.settings, profile?.settings], options);
  const need = options.oss === true ? undefined : needOf(layers);
  if (need === undefined) return [];
  if (need !== 'login') {
    const { variable } = need;
    const message = `The model provider takes its key from ${variable}, which is not set. Set it, or pass it in env.`;
    return isSet(env, variable) ? [] : [{ code: 'PROVIDER_KEY_MISSING', message }];
  }
  if (isSet(env, KEY)) return [];
  const error = errorOf(login);
  if (error !== undefined && !(isCodexError(error, 'EXIT') && error.category === 'config')) {
    return [{ code: 'LOGIN_UNREADABLE', message: `${error.message} Log in again, with login$.` }];
  }
  return valueOf(login)?.state === 'loggedOut' ? [loggedOut] : [];
}

const loggedOut: PreflightProblem = {
  code: 'LOGGED_OUT',
  message:
    'The home is not logged in. Use login$ (or `codex login`), copy a login with codexHome(…).seedAuthFrom(…), or set CODEX_API_KEY in env.',
};

function needOf(layers: SettingLayers): Need {
  const provider = textAt(layers, 'model_provider') ?? 'openai';
  if (provider === 'openai' || settingAt(layers, 'model_providers', provider, 'requires_openai_auth') === true)
    return 'login';
  const variable = textAt(layers, 'model_providers', provider, 'env_key');
  return variable === undefined ? undefined : { variable };
}

function isSet(env: PreflightFacts['env'], name: string): boolean {
  return (env[name] ?? '').trim() !== '';
}
