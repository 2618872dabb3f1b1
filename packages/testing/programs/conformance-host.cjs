'use strict';
// Subscribes to one run, performs the actions of its case, and reports what the run emitted. As a program it is the
// host process of the run, so a crash affects this process only; its parent sends messages over IPC.
const fs = require('node:fs');
const { BehaviorSubject } = require('rxjs');

const MAX_TEXT_LENGTH = 8_000;
const TERMINAL = new Set(['turn.completed', 'turn.failed']);

/** Returns the peak resident memory of this process in MiB. */
const peak = () => process.resourceUsage().maxRSS / 1024;

/** Subscribes. `promise` resolves at the end of the run; `release()` then reverts the changes to the process. */
exports.drive = (createExec$, actions) => {
  const seen = { events: 0, types: {}, text: '' };
  const undo = [];
  const release = () => {
    for (const step of undo.splice(0).reverse()) step();
  };
  const promise = new Promise((resolve) => {
    const start = performance.now();
    const controller = new AbortController();
    const paused$ = new BehaviorSubject(false);
    let subscription;
    undo.push(() => subscription?.unsubscribe());
    let hasUnsubscribed = actions.unsubscribe === 'immediately';
    let terminalAfter;
    const settle = (end, error) => {
      resolve({ ...seen, end, error, terminalAfter, ms: Math.round(performance.now() - start) });
    };
    const at = {
      event: () => {
        if (seen.events !== 1) return;
        if (actions.abort === 'first-event') controller.abort(new Error('aborted by the case'));
        if (actions.clockBack !== undefined) undo.push(setClockBack(actions.clockBack));
        if (actions.pause !== undefined) {
          paused$.next(true);
          setTimeout(() => paused$.next(false), actions.pause);
        }
      },
      terminal: () => {
        terminalAfter ??= Math.round(performance.now() - start);
        if (actions.abort === 'terminal-event') controller.abort(new Error('aborted late by the case'));
      },
      end: (end, error) => {
        settle(end, error);
        if (actions.abort === 'end') controller.abort(new Error('aborted late by the case'));
      },
    };
    const observer = {
      next: (event) => {
        note(seen, event);
        if (actions.busyFor !== undefined) block(actions.busyFor);
        at.event();
        const isTerminal = TERMINAL.has(event?.type);
        if (isTerminal) at.terminal();
        if (actions.unsubscribe === 'first-event' || (actions.unsubscribe === 'terminal-event' && isTerminal)) {
          hasUnsubscribed = true;
          subscription?.unsubscribe();
          settle('unsubscribed');
        }
      },
      error: (error) => at.end('error', describe(error)),
      complete: () => at.end('complete'),
    };
    if (actions.lockFor !== undefined) undo.push(holdOpen(actions.request.binary, actions.lockFor));
    if (actions.exhaustDescriptors === true) undo.push(exhaustDescriptors());
    const { pause, abort } = actions;
    try {
      subscription = createExec$({
        ...actions.request,
        ...(abort !== undefined && { signal: controller.signal }),
        ...(pause !== undefined && { paused$ }),
      }).subscribe(observer);
    } catch (error) {
      at.end('error', describe(error));
      return;
    }
    // A source may emit before `subscribe` returns.
    if (hasUnsubscribed) {
      subscription.unsubscribe();
      settle('unsubscribed');
    }
  });
  return { promise, release };
};

function note(seen, event) {
  seen.events += 1;
  const type = String(event?.type);
  seen.types[type] = (seen.types[type] ?? 0) + 1;
  const text = event?.item?.text;
  if (typeof text === 'string') seen.text = text.slice(0, MAX_TEXT_LENGTH);
}

/** Includes the own fields of an error, which contain more than its message. */
function describe(error) {
  if (!(error instanceof Error)) return { name: typeof error, text: String(error).slice(0, MAX_TEXT_LENGTH) };
  let fields = '';
  try {
    fields = JSON.stringify({ ...error }) ?? '';
  } catch {
    // The fields contain a cycle.
  }
  const { name, code, message } = error;
  return {
    name,
    ...(code !== undefined && { code: String(code) }),
    text: `${message.slice(0, MAX_TEXT_LENGTH)} ${fields.slice(0, MAX_TEXT_LENGTH)}`,
  };
}

function block(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function setClockBack(ms) {
  const { now } = Date;
  Date.now = () => now() - ms;
  return () => {
    Date.now = now;
  };
}

/** A file that is open for writing cannot be executed (ETXTBSY). */
function holdOpen(path, ms) {
  const fd = fs.openSync(path, 'r+');
  let isOpen = true;
  const close = () => {
    if (isOpen) fs.closeSync(fd);
    isOpen = false;
  };
  setTimeout(close, ms);
  return close;
}

/** Opens files up to the limit of the process, which must be low. */
function exhaustDescriptors() {
  const open = [];
  try {
    for (;;) open.push(fs.openSync('/dev/null', 'r'));
  } catch {
    return () => {
      for (const fd of open) fs.closeSync(fd);
    };
  }
}

async function main() {
  const hostProblems = [];
  // The parent has exited.
  const exit = () => process.exit(1);
  process.on('disconnect', exit);
  process.on('warning', ({ name, message }) => hostProblems.push(`${name}: ${message}`));
  let release;
  process.on('message', async (message) => {
    if (message.finish === true) {
      process.off('disconnect', exit);
      process.send({ finished: { rssGrowth: Math.max(0, Math.round(peak() - before)), hostProblems } }, () =>
        process.disconnect(),
      );
      return;
    }
    const { module, name, actions } = message;
    const loaded = await import(module);
    const createExec$ = loaded[name] ?? loaded.default?.[name];
    // The module took longer to load than the time limit of the case.
    if (!process.connected) return;
    if (typeof createExec$ !== 'function') throw new TypeError(`${module} must export the function ${name}.`);
    before = peak();
    process.send({ baseline: before });
    const run = exports.drive(createExec$, actions);
    const observed = await run.promise;
    release = run.release;
    // Late errors are thrown in the next turns of the event loop.
    setTimeout(() => {
      release();
      if (process.connected) process.send({ observed });
    }, 50);
  });
  let before = peak();
}

if (require.main === module) void main();
