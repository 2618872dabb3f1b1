'use strict';
// What a fake CLI runs: plays the script of its folder and reports there what it saw. It must start fast, so it loads
// nothing but built-in modules, and it writes synchronously, so that no output is lost when it ends.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const KEPT_STDIN = 16 * 1024 * 1024;
const PIECE = 64 * 1024;
const STDOUT_GONE = 101;

/** Starts playing `folder/script.json`; `folder` is private to one fake. */
exports.play = (folder) => {
  const argv = process.argv.slice(2);
  const script = JSON.parse(fs.readFileSync(path.join(folder, 'script.json'), 'utf8'));
  const chosen = choose(script, argv, folder);
  if (chosen === undefined) {
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      claim(path.join(folder, 'probes'));
      write(1, `codex-cli ${script.version}\n`);
      process.exit(0);
    }
    write(2, `fake codex: no case of the script matches ${JSON.stringify(argv)}, and it has no steps of its own\n`);
    process.exit(64);
  }
  const report = claim(path.join(folder, 'invocations'));
  put(report, 'started.json', {
    argv,
    env: process.env,
    cwd: process.cwd(),
    pid: process.pid,
    startTime: startTime(process.pid),
    started: Date.now(),
  });
  // What it starts can be told by this, also when it is killed before it could report the pid.
  process.env.CODEX_FAKE_FOLDER = folder;
  const run = new Run(report);
  if (chosen.readStdin) run.readStdinNow();
  run.all(chosen.steps).then(
    () => process.exit(0),
    (error) => {
      write(2, `fake codex: ${error.stack}\n`);
      process.exit(70);
    },
  );
};

/** The first case whose words are in `argv`, in this order, and whose turn it is; else the script's own steps. */
function choose(script, argv, folder) {
  const fitting = script.cases.filter((candidate, index) => {
    let at = 0;
    for (const word of argv) if (word === candidate.argv[at]) at += 1;
    if (at < candidate.argv.length) return false;
    if (candidate.nth === undefined) return true;
    // Counted without a lock: a folder can be made once only, by whoever comes first.
    return Number(path.basename(claim(path.join(folder, 'counts', String(index))))) === candidate.nth;
  });
  if (fitting.length > 0) return fitting[0];
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return undefined;
  return script.steps === undefined ? undefined : { steps: script.steps, readStdin: script.readStdin };
}

/** Makes the next numbered folder in `parent`. */
function claim(parent) {
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (let number = fs.readdirSync(parent).length + 1; ; number += 1) {
    const folder = path.join(parent, String(number).padStart(6, '0'));
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** Whole or not at all: a reader never sees half a report. */
function put(folder, name, value) {
  const temporary = path.join(folder, `.${name}`);
  fs.writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 });
  fs.renameSync(temporary, path.join(folder, name));
}

/** Tells this process from a later one with the same pid; empty where the system does not say. */
function startTime(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const nap = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Blocks until the reader has taken it all, as a program without a buffer of its own does. */
function write(fd, data) {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at, Math.min(PIECE, bytes.length - at));
    } catch (error) {
      if (error.code === 'EAGAIN') nap(1);
      else if (fd === 1) process.exit(STDOUT_GONE);
      else return;
    }
  }
}

function* flood(bytes) {
  const line = `${'flood '.repeat(170)}\n`;
  const piece = Buffer.from(line.repeat(Math.ceil(PIECE / line.length)));
  let left = bytes;
  for (; left > piece.length; left -= piece.length) yield piece;
  if (left > 0) {
    const rest = Buffer.from(piece.subarray(0, left));
    rest[left - 1] = 0x0a;
    yield rest;
  }
}

function* longLine(bytes) {
  const head = '{"type":"item.completed","item":{"id":"item_long","type":"agent_message","text":"';
  const tail = '"}}';
  yield Buffer.from(head);
  const piece = Buffer.alloc(PIECE, 'x');
  let left = bytes - head.length - tail.length;
  for (; left > piece.length; left -= piece.length) yield piece;
  yield Buffer.from(`${'x'.repeat(left)}${tail}\n`);
}

class Run {
  #report;
  #lines = [];
  #wanted = [];
  #ended = false;
  #stdin = { bytes: 0, ended: false };

  constructor(report) {
    this.#report = report;
  }

  async all(steps) {
    for (const step of steps) await this.one(step);
  }

  async one(step) {
    if ('line' in step) write(1, `${asText(step.line)}\n`);
    else if ('lines' in step) for (const line of step.lines) write(1, `${asText(line)}\n`);
    else if ('raw' in step) write(1, asBytes(step.raw));
    else if ('wait' in step) await new Promise((done) => setTimeout(done, step.wait));
    else if ('stderr' in step) write(2, asBytes(step.stderr));
    else if ('flood' in step) {
      // Signals are seen between the pieces.
      for (const piece of flood(step.bytes)) {
        write(step.flood === 'stdout' ? 1 : 2, piece);
        await new Promise((done) => setImmediate(done));
      }
    } else if ('longLine' in step) for (const piece of longLine(step.longLine)) write(1, piece);
    else if ('closeStdout' in step) fs.closeSync(1);
    else if ('exit' in step) process.exit(step.exit);
    else if ('signal' in step) await this.#die(step.signal);
    else if ('ignore' in step) for (const signal of step.ignore) this.#handle(signal, []);
    else if ('on' in step) this.#handle(step.on, step.steps);
    else if ('spawn' in step) await this.#spawn(step.spawn);
    else if ('readStdin' in step) await this.#untilEndOfStdin();
    else if ('readLine' in step) await this.#untilLine(step.readLine);
    else if ('reply' in step) await this.#reply(step.reply);
    else if ('writeFile' in step) fs.writeFileSync(step.writeFile.path, asBytes(step.writeFile.content));
    else if ('hang' in step) await new Promise(() => setInterval(() => {}, 0x7fffffff));
    else if ('repeat' in step) for (let n = 0; n < step.repeat; n += 1) await this.all(step.steps);
  }

  /** Before the first step, when no signal is handled yet: blocking saves the time to load streams. */
  readStdinNow() {
    const piece = Buffer.alloc(PIECE);
    for (;;) {
      let count = 0;
      try {
        count = fs.readSync(0, piece, 0, piece.length, null);
      } catch (error) {
        if (error.code === 'EAGAIN') {
          nap(1);
          continue;
        }
        // EOF: the way in which Windows says that a pipe has ended.
        if (error.code !== 'EOF') throw error;
      }
      if (count === 0) break;
      this.#keep(piece.subarray(0, count));
    }
    this.#endOfStdin();
  }

  #keep(bytes) {
    const room = KEPT_STDIN - this.#stdin.bytes;
    if (room > 0) fs.appendFileSync(path.join(this.#report, 'stdin'), bytes.subarray(0, room), { mode: 0o600 });
    this.#stdin.bytes += bytes.length;
  }

  #endOfStdin() {
    this.#ended = true;
    this.#stdin.ended = true;
    put(this.#report, 'stdin.json', this.#stdin);
    for (const wake of this.#wanted.splice(0)) wake();
  }

  #listen() {
    if (this.#stdin.listening || this.#ended) return;
    Object.defineProperty(this.#stdin, 'listening', { value: true });
    let rest = '';
    process.stdin.on('data', (bytes) => {
      this.#keep(bytes);
      const lines = (rest + bytes.toString('latin1')).split('\n');
      rest = lines.pop();
      for (const line of lines) this.#lines.push(Buffer.from(line, 'latin1').toString('utf8'));
      for (const wake of this.#wanted.splice(0)) wake();
    });
    const end = () => {
      if (rest !== '') this.#lines.push(Buffer.from(rest, 'latin1').toString('utf8'));
      this.#endOfStdin();
    };
    process.stdin.on('end', end);
    process.stdin.on('error', end);
  }

  async #untilEndOfStdin() {
    this.#listen();
    while (!this.#ended) await new Promise((wake) => this.#wanted.push(wake));
  }

  /** The first unread line that `accept` takes; lines before it are dropped. */
  async #nextLine(accept) {
    this.#listen();
    for (;;) {
      while (this.#lines.length > 0) {
        const line = this.#lines.shift();
        if (accept(line)) return line;
      }
      if (this.#ended) process.exit(0);
      await new Promise((wake) => this.#wanted.push(wake));
    }
  }

  async #untilLine(text) {
    await this.#nextLine((line) => line.includes(text));
  }

  async #reply({ method, ...answer }) {
    const line = await this.#nextLine((text) => {
      const message = parsed(text);
      return message?.method === method && message.id !== undefined;
    });
    write(1, `${JSON.stringify({ id: parsed(line).id, ...answer })}\n`);
  }

  #handle(signal, steps) {
    process.on(signal, () => {
      fs.appendFileSync(path.join(this.#report, 'signals'), `${signal}\n`, { mode: 0o600 });
      void this.all(steps);
    });
  }

  async #die(signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    await new Promise(() => setInterval(() => {}, 0x7fffffff));
  }

  async #spawn({ kind, seconds, ignoreSignals = false }) {
    const inherits = kind === 'holdsStdout';
    const pid =
      process.platform === 'win32'
        ? start(process.execPath, ['-e', `setTimeout(() => {}, ${seconds * 1000})`], inherits, kind !== 'child')
        : kind === 'daemon'
          ? await this.#daemon(seconds, ignoreSignals)
          : start('/bin/sh', ['-c', `${trap(ignoreSignals)} exec sleep ${seconds}`], inherits, kind === 'setsid');
    fs.appendFileSync(
      path.join(this.#report, 'children'),
      `${JSON.stringify({ kind, pid, startTime: startTime(pid) })}\n`,
      { mode: 0o600 },
    );
  }

  /** The process in between leads a session of its own and is gone afterwards: nothing leads from here to the daemon. */
  #daemon(seconds, ignoreSignals) {
    const file = path.join(this.#report, `daemon-${process.hrtime.bigint()}`);
    const script = `(${trap(ignoreSignals)} exec sleep ${seconds}) </dev/null >/dev/null 2>&1 & echo $! > "$FAKE_PID_FILE"`;
    return new Promise((resolve, reject) => {
      const between = spawn('/bin/sh', ['-c', script], {
        detached: true,
        stdio: 'ignore',
        env: { ...process.env, FAKE_PID_FILE: file },
      });
      between.on('error', reject);
      between.on('exit', () => resolve(Number(fs.readFileSync(file, 'utf8'))));
    });
  }
}

const trap = (ignoreSignals) => (ignoreSignals ? "trap '' HUP INT TERM;" : '');

function start(command, args, inheritsOutput, detached) {
  const output = inheritsOutput ? 'inherit' : 'ignore';
  const child = spawn(command, args, { detached, stdio: ['ignore', output, output] });
  child.unref();
  return child.pid;
}

const asText = (line) => (typeof line === 'string' ? line : JSON.stringify(line));
const asBytes = (data) => (typeof data === 'string' ? data : Buffer.from(data.base64, 'base64'));

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
