'use strict';
// The program of a fake CLI: plays the script in its folder and writes reports of its invocations to it. It loads only
// built-in modules, to start fast, and writes synchronously, to lose no output when it exits.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const MAX_STDIN_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
/** Exit code of the real CLI when its stdout is closed. */
const STDOUT_CLOSED = 101;

/** Plays `folder/script.json`. Each fake has its own folder. */
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
    write(2, `fake codex: no case of the script matches ${JSON.stringify(argv)}, and "steps" is not set.\n`);
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
  // Identifies the processes that it starts, even if it is killed before it reports their pids.
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

/** Returns the first case that matches `argv` and the number of the invocation; else the steps of the script. */
function choose(script, argv, folder) {
  const fitting = script.cases.filter((candidate, index) => {
    let at = 0;
    for (const word of argv) if (word === candidate.argv[at]) at += 1;
    if (at < candidate.argv.length) return false;
    if (candidate.nth === undefined) return true;
    // Counts without a lock: only one process can create a folder.
    return Number(path.basename(claim(path.join(folder, 'counts', String(index))))) === candidate.nth;
  });
  if (fitting.length > 0) return fitting[0];
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return undefined;
  return script.steps === undefined ? undefined : { steps: script.steps, readStdin: script.readStdin };
}

/** Creates the next numbered folder in `parent`. */
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

/** Writes a report atomically, so that a reader never sees a partial one. */
function put(folder, name, value) {
  const temporary = path.join(folder, `.${name}`);
  fs.writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 });
  fs.renameSync(temporary, path.join(folder, name));
}

/** Returns the start time, which distinguishes a process from a later one with the same pid; `''` if unknown. */
function startTime(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const sleepSync = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Blocks until the reader has read all data, like a program without a buffer. */
function write(fd, data) {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at, Math.min(CHUNK_BYTES, bytes.length - at));
    } catch (error) {
      if (error.code === 'EAGAIN') sleepSync(1);
      else if (fd === 1) process.exit(STDOUT_CLOSED);
      else return;
    }
  }
}

function* flood(bytes) {
  const line = `${'flood '.repeat(170)}\n`;
  const chunk = Buffer.from(line.repeat(Math.ceil(CHUNK_BYTES / line.length)));
  let remaining = bytes;
  for (; remaining > chunk.length; remaining -= chunk.length) yield chunk;
  if (remaining > 0) {
    const rest = Buffer.from(chunk.subarray(0, remaining));
    rest[remaining - 1] = 0x0a;
    yield rest;
  }
}

function* longLine(bytes) {
  const head = '{"type":"item.completed","item":{"id":"item_long","type":"agent_message","text":"';
  const tail = '"}}';
  yield Buffer.from(head);
  const chunk = Buffer.alloc(CHUNK_BYTES, 'x');
  let remaining = bytes - head.length - tail.length;
  for (; remaining > chunk.length; remaining -= chunk.length) yield chunk;
  yield Buffer.from(`${'x'.repeat(remaining)}${tail}\n`);
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
      // Handles signals between the chunks.
      for (const chunk of flood(step.bytes)) {
        write(step.flood === 'stdout' ? 1 : 2, chunk);
        await new Promise((done) => setImmediate(done));
      }
    } else if ('longLine' in step) for (const chunk of longLine(step.longLine)) write(1, chunk);
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

  /** Blocks, which saves the time to load streams. No signal is handled before the first step. */
  readStdinNow() {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      let count = 0;
      try {
        count = fs.readSync(0, chunk, 0, chunk.length, null);
      } catch (error) {
        if (error.code === 'EAGAIN') {
          sleepSync(1);
          continue;
        }
        // Windows reports the end of a pipe as EOF.
        if (error.code !== 'EOF') throw error;
      }
      if (count === 0) break;
      this.#keep(chunk.subarray(0, count));
    }
    this.#endOfStdin();
  }

  #keep(bytes) {
    const room = MAX_STDIN_BYTES - this.#stdin.bytes;
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

  /** Resolves to the first unread line that satisfies `accept`. Skips the lines before it. */
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

  /** Starts the daemon through a session leader that exits, so that the daemon is reparented. */
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
