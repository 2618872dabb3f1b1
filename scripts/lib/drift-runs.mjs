// Runs a CLI against the scripted model, and collects the kinds of its events, items, session records and failures.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCodexError, run$ } from '@codex-rx/core';
import { openAppServer } from '@codex-rx/core/app-server';
import { findRollouts$, readRollout$ } from '@codex-rx/core/rollouts';
import { model, openScriptedModel } from '@codex-rx/testing';
import { catchError, lastValueFrom, mergeMap, of, tap, toArray } from 'rxjs';
import { cases } from '../fixture-cases.mjs';

const SCENES = ['plain-answer', 'everything', 'failed-turn', 'reconnect-then-ok', 'resumed-thread'];
const FAILURES = [
  'bad_request',
  'unauthorized',
  'usage_limit',
  'rate_limited',
  'server_error',
  'context_overflow',
  'quota',
];

/** @returns kinds (name → keys), what was not decoded, the category of each failure, and scenes that went wrong */
export async function runScenes(binary, withServer) {
  const seen = { kinds: new Map(), undecoded: new Set(), categories: {}, problems: [] };
  for (const scene of cases.filter(({ name }) => SCENES.includes(name)))
    await attempt(seen, scene.name, () => runCase(seen, binary, scene));
  for (const kind of FAILURES) await attempt(seen, kind, () => runFailure(seen, binary, kind));
  if (withServer) await attempt(seen, 'app-server', () => runServer(seen, binary));
  return {
    kinds: Object.fromEntries(
      [...seen.kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, [...v].sort()]),
    ),
    undecoded: [...seen.undecoded].sort(),
    categories: seen.categories,
    problems: seen.problems,
  };
}

async function attempt(seen, name, task) {
  try {
    await task();
  } catch (error) {
    seen.problems.push(`${name}: ${String(error).split('\n')[0].slice(0, 300)}`);
  }
}

function note(seen, kind, value) {
  const keys = seen.kinds.get(kind) ?? new Set();
  for (const key of Object.keys(value ?? {})) keys.add(key);
  seen.kinds.set(kind, keys);
}

function noteLine(seen, text) {
  const event = JSON.parse(text);
  note(seen, `event ${event.type}`, event);
  if (event.item !== undefined) note(seen, `item ${event.item.type}`, event.item);
}

async function withScene(script, options, files, task) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-drift-')));
  const handle = await openScriptedModel(script, options);
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const env = { ...handle.options.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' };
    return await task({ ...handle.options, env, workingDirectory: folder, timeout: 60_000 });
  } finally {
    await handle.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCase(seen, binary, { script, options = {}, files = {}, prompts = ['Do it'], request = {} }) {
  await withScene(script, options, files, async (common) => {
    let session;
    for (const prompt of prompts) {
      const resume = session === undefined ? {} : { command: 'resume', session };
      await run(seen, { ...common, unsupported: 'omit', ...request, binary, prompt, ...resume }, (id) => {
        session ??= id;
      });
    }
    await readSessions(seen, common.codexHome);
  });
}

/** A failed turn is the aim of some scenes. */
async function run(seen, request, onThread = () => undefined) {
  const lines = tap((line) => noteLine(seen, line.text ?? String(line)));
  const events$ = run$({ ...request, lines: (lines$) => lines$.pipe(lines) }).pipe(
    tap(({ type, event }) => {
      if (type !== 'event') return;
      if (event.type === 'thread.started') onThread(event.thread_id);
      if (event.type === 'unknown') seen.undecoded.add(`event ${event.event_type}`);
      if (event.type === 'malformed') seen.undecoded.add(`line: ${event.error}`);
      if (event.item?.type === 'unknown') seen.undecoded.add(`item ${event.item.item_type}`);
    }),
    catchError((error) => {
      if (isCodexError(error, 'TURN_FAILED', 'EXIT')) return of({ type: 'failed', error });
      throw error;
    }),
    toArray(),
  );
  return (await lastValueFrom(events$)).find(({ type }) => type === 'failed')?.error;
}

async function runFailure(seen, binary, kind) {
  await withScene([model.fail(kind)], { retries: 0 }, {}, async (common) => {
    const error = await run(seen, { ...common, binary, prompt: 'Do it' });
    seen.categories[kind] = error?.category ?? 'no failure';
  });
}

async function readSessions(seen, codexHome) {
  const records$ = findRollouts$(codexHome).pipe(mergeMap((path) => readRollout$(path), 1));
  for (const record of await lastValueFrom(records$.pipe(toArray()), { defaultValue: [] })) {
    const { type, payload } = record;
    if (type === 'unknown') seen.undecoded.add(`session record ${record.record_type}`);
    else if (type === 'malformed') seen.undecoded.add(`session record: ${record.error}`);
    else note(seen, `record ${[type, payload?.type].filter(Boolean).join(' ')}`, payload);
  }
}

async function runServer(seen, binary) {
  const onError = ({ problem }) => seen.undecoded.add(`app-server: ${problem}`);
  subscribe('codex-rx:protocolError', onError);
  const script = [[model.think(['**Thinking**']), model.run('echo one')], model.say('Done.')];
  try {
    await withScene(script, {}, {}, async ({ workingDirectory, model: name, codexHome, env }) => {
      const server = await openAppServer({ codexHome, env, binary });
      try {
        const notifications = server.notifications$.subscribe(({ method, params }) =>
          note(seen, `notification ${method}`, params),
        );
        const start = { workingDirectory, model: name, sandbox: 'danger-full-access' };
        const thread = await lastValueFrom(server.thread.start$(start));
        await lastValueFrom(
          thread.turn$('Do it').pipe(
            tap((event) => {
              if (event.type === 'unknown' || event.type === 'malformed')
                seen.undecoded.add(`app-server event ${event.type}`);
              if (event.item?.type === 'unknown') seen.undecoded.add(`app-server item ${event.item.item_type}`);
            }),
          ),
          { defaultValue: undefined },
        );
        notifications.unsubscribe();
      } finally {
        await server.close();
      }
    });
  } finally {
    unsubscribe('codex-rx:protocolError', onError);
  }
}
