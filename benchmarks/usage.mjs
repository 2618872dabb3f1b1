// Measures `codex-rx usage` on generated sessions: `node benchmarks/usage.mjs [megabytes]`, default 1024.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

const megabytes = Number(process.argv[2] ?? 1024);
const program = join(import.meta.dirname, '..', 'packages', 'cli', 'bin', 'codex-rx.cjs');
const output = 'a line of the output of a command, with some words in it\n'.repeat(50);

let now = Date.UTC(2026, 9, 1);
let ids = 0;

function uuid() {
  const time = (++now).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${(ids++).toString(16).padStart(12, '0')}`;
}

function usageOf(responses) {
  return {
    input_tokens: responses * 9000,
    cached_input_tokens: responses * 8000,
    output_tokens: responses * 300,
    reasoning_output_tokens: responses * 100,
  };
}

/** A session of 12 turns with 40 commands each, as CLI 0.150 stores it. */
function sessionOf(id) {
  const lines = [];
  const add = (type, payload) => lines.push(JSON.stringify({ timestamp: new Date((now += 200)), type, payload }));
  const base_instructions = { text: 'x'.repeat(15_000) };
  add('session_meta', { id, cwd: '/home/user/project', model_provider: 'openai', base_instructions });
  let responses = 0;
  for (let turn = 0; turn < 12; turn++) {
    const turn_id = uuid();
    add('event_msg', { type: 'task_started', turn_id });
    add('turn_context', { turn_id, cwd: '/home/user/project', model: 'gpt-5.5' });
    for (let command = 0; command < 40; command++) {
      const item = { type: 'CommandExecution', id: `c${command}`, aggregated_output: output, exit_code: 0 };
      add('event_msg', { type: 'item_completed', turn_id, item });
      add('response_item', { type: 'function_call_output', call_id: `c${command}`, output });
      responses++;
      const info = { total_token_usage: usageOf(responses), last_token_usage: usageOf(1) };
      add('event_msg', { type: 'token_count', info });
    }
    add('event_msg', { type: 'task_complete', turn_id });
  }
  return { text: `${lines.join('\n')}\n`, responses };
}

const home = mkdtempSync(join(tmpdir(), 'codex-rx-usage-'));
try {
  const folder = join(home, 'sessions');
  mkdirSync(folder);
  let bytes = 0;
  let files = 0;
  let responses = 0;
  while (bytes < megabytes * 1024 * 1024) {
    const id = uuid();
    const session = sessionOf(id);
    writeFileSync(join(folder, `rollout-2026-10-01T00-00-00-${id}.jsonl`), session.text);
    bytes += session.text.length;
    responses += session.responses;
    files++;
    now += 3 * 3_600_000;
  }
  console.log(`${files} sessions, ${Math.round(bytes / 1024 / 1024)} MB, ${responses} responses`);
  const code = `process.argv.splice(1, 1); process.on('exit', () => console.error(process.resourceUsage().maxRSS));
    require(process.argv[1])`;
  const args = ['-e', code, '--', program, 'usage', '--json', '--by', 'month', '--home', home];
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    const isExact = JSON.parse(stdout).total.inputTokens === responses * 9000;
    console.log(`${seconds} s, ${Math.round(Number(stderr) / 1024)} MB, the total is ${isExact ? 'exact' : 'wrong'}`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
