import { readFileSync } from 'node:fs';
import type { CodexOptions } from '@codex-rx/core';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import type { Place } from './leaves-nothing.js';

/**
 * How the agent starts its command: the turn waits for it, or continues with the model, which then returns nothing
 * more.
 */
export type Ground = 'foreground' | 'background';

/**
 * The command starts a job of its shell, a job that ignores signals, and a daemon that only its environment
 * identifies.
 */
const COMMAND =
  "sleep 301 & (trap '' INT TERM HUP; exec sleep 302) & (setsid nohup sleep 303 >/dev/null 2>&1 &); sleep 304";
const SLEEPERS = ['301', '302', '303', '304'];

/** The real CLI at work: an agent with full access that has started commands which would last for minutes. */
export async function workingAgent(ground: Ground): Promise<ScriptedModel> {
  return openScriptedModel([model.run(COMMAND, { background: ground === 'background' }), model.hang()]);
}

export const fullAccess = (scripted: ScriptedModel, place: Place): CodexOptions => ({
  ...scripted.options,
  env: { ...scripted.options.env, ...place.mark },
  sandbox: 'danger-full-access',
});

/** Resolves when all commands of the agent run. */
export async function allAsleep(place: Place): Promise<void> {
  await waitUntil(() => SLEEPERS.every((seconds) => commands(place).includes(`sleep ${seconds}`)), 30_000);
}

/** Command lines of the living processes of a test. */
function commands(place: Place): string[] {
  return place.living().map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    } catch {
      return '';
    }
  });
}
