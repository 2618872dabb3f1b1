'use strict';
// The consumer of one run: subscribes as a plan says, and tells what came. As a program it is the host of that run, so that a crash is one
// process lost; its parent speaks to it by messages.
const fs = require('node:fs');
const { BehaviorSubject } = require('rxjs');

const LONGEST_TEXT = 8_000;
const TERMINAL = new Set(['turn.completed', 'turn.failed']);

/** Highest resident memory of this process so far, in MiB. */
const peak = () => process.resourceUsage().maxRSS / 1024;

/** Subscribes; resolves to what came, when the run has ended or was left. Afterwards `release()` undoes what the plan did to the process. */
exports.drive = (createExec$, plan) => {
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
    let hasLeft = plan.leave === 'at-once';
    let terminalAfter;
    const settle = (end, error) => {
      resolve({ ...seen, end, error, terminalAfter, ms: Math.round(performance.now() - start) });
    };
    const at = {
      event: () => {
        if (seen.events !== 1) return;
        if (plan.abort === 'first-event') controller.abort(new Error('no longer wanted'));
        if (plan.clockBack !== undefined) undo.push(setClockBack(plan.clockBack));
        if (plan.pause !== undefined) {
          paused$.next(true);
          setTimeout(() => paused$.next(false), plan.pause);
        }
      },
      terminal: () => {
        terminalAfter ??= Math.round(performance.now() - start);
        if (plan.abort === 'terminal-event') controller.abort(new Error('too late'));
      },
      end: (end, error) => {
        settle(end, error);
        if (plan.abort === 'end') controller.abort(new Error('too late'));
      },
    };
    const observer = {
      next: (event) => {
        note(seen, event);
        if (plan.busyFor !== undefined) block(plan.busyFor);
        at.event();
        if (TERMINAL.has(event?.type)) at.terminal();
        if (plan.leave === 'first-event' || (plan.leave === 'terminal-event' && TERMINAL.has(event?.type))) {
          hasLeft = true;
          subscription?.unsubscribe();
          settle('left');
        }
      },
      error: (error) => at.end('error', describe(error)),
      complete: () => at.end('complete'),
    };
    if (plan.lockFor !== undefined) undo.push(holdOpen(plan.request.binary, plan.lockFor));
    if (plan.exhaustDescriptors === true) undo.push(exhaustDescriptors());
    const { pause, abort } = plan;
    try {
      subscription = createExec$({
        ...plan.request,
        ...(abort !== undefined && { signal: controller.signal }),
        ...(pause !== undefined && { paused$ }),
      }).subscribe(observer);
    } catch (error) {
      at.end('error', describe(error));
      return;
    }
    // A source may emit before it gives its subscription.
    if (hasLeft) {
      subscription.unsubscribe();
      settle('left');
    }
  });
  return { promise, release };
};

function note(seen, event) {
  seen.events += 1;
  const type = String(event?.type);
  seen.types[type] = (seen.types[type] ?? 0) + 1;
  const text = event?.item?.text;
  if (typeof text === 'string') seen.text = text.slice(0, LONGEST_TEXT);
}

/** With its own fields: much of what an error tells is not in its message. */
function describe(error) {
  if (!(error instanceof Error)) return { name: typeof error, text: String(error).slice(0, LONGEST_TEXT) };
  let fields = '';
  try {
    fields = JSON.stringify({ ...error }) ?? '';
  } catch {
    // A cycle: the message has to do.
  }
  const { name, code, message } = error;
  return {
    name,
    ...(code !== undefined && { code: String(code) }),
    text: `${message.slice(0, LONGEST_TEXT)} ${fields.slice(0, LONGEST_TEXT)}`,
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

/** A file that is open for writing cannot be executed: "text file busy". */
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

/** The host needs a low limit for this. */
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
  const trouble = [];
  // Whoever wanted to know is gone.
  const leave = () => process.exit(1);
  process.on('disconnect', leave);
  process.on('warning', ({ name, message }) => trouble.push(`${name}: ${message}`));
  let release;
  process.on('message', async (message) => {
    if (message.finish === true) {
      process.off('disconnect', leave);
      process.send({ finished: { rssGrowth: Math.max(0, Math.round(peak() - before)), trouble } }, () =>
        process.disconnect(),
      );
      return;
    }
    const { module, name, plan } = message;
    const loaded = await import(module);
    const createExec$ = loaded[name] ?? loaded.default?.[name];
    // The module took longer to load than the case had time: the parent does not wait for a run.
    if (!process.connected) return;
    if (typeof createExec$ !== 'function') throw new TypeError(`${module} exports no function ${name}`);
    before = peak();
    process.send({ baseline: before });
    const run = exports.drive(createExec$, plan);
    const observed = await run.promise;
    release = run.release;
    // What is thrown late is thrown in the next turns.
    setTimeout(() => {
      release();
      if (process.connected) process.send({ observed });
    }, 50);
  });
  let before = peak();
}

if (require.main === module) void main();
